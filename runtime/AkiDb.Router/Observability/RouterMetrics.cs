using System.Collections.Concurrent;
using AkiDb.Contracts;
using AkiDb.Router.Model;
using AkiDb.Router.Proxy;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.Router.Observability;

/// <summary>The router's metrics. What a request touches is looked up by one integer; texts of labels are made once.</summary>
internal sealed class RouterMetrics
{
    /// <summary>Status in logs and metrics of a request whose client left first (nginx's convention).</summary>
    public const int ClientLeft = 499;

    private static readonly double[] Seconds =
    [
        0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 10,
    ];

    private readonly MetricRegistry _registry;
    private readonly RoutingState _routing;
    private readonly ConcurrentDictionary<(string Route, int Status), (Counter Requests, Histogram Duration)> _requests = [];
    private readonly ConcurrentDictionary<(BackendState Backend, RouteReason Reason), Counter> _decisions = [];

    public RouterMetrics(MetricRegistry registry, RoutingState routing, ExchangePool exchanges)
    {
        _registry = registry;
        _routing = routing;
        var inFlight = registry.Gauge(HttpMetricNames.InFlight, "Requests being served.", Place);
        registry.BeforeExposition(() => inFlight.Value = exchanges.InUse);
        registry.BeforeExposition(() => BackendGauges.Write(registry, routing, Place));
    }

    private (string, string)[] Place => [(MetricLabels.Region, _routing.Model.Config.Region), (MetricLabels.Cluster, _routing.Model.Config.Cluster)];

    /// <summary>Status to report: what the client got, or 499 when it left.</summary>
    public static int StatusOf(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted ? ClientLeft : context.Response.StatusCode;

    /// <summary>Counts a finished request.</summary>
    public void Record(HttpContext context, Exchange exchange, double nowMs)
    {
        var key = (exchange.Route.Config.Name, StatusOf(context));
        if (!_requests.TryGetValue(key, out var metrics))
        {
            metrics = _requests.GetOrAdd(key, CreateRequestMetrics(key.Name, key.Item2));
        }

        var elapsedMs = nowMs - exchange.StartedAt;
        metrics.Requests.Increment();
        metrics.Duration.Observe(elapsedMs / 1_000);
        if (exchange.Attempt > 0 && !exchange.IsLongUpload && exchange.AnsweredAt(nowMs) - exchange.StartedAt > exchange.BudgetMs)
        {
            Count(RouterMetricNames.BudgetMissed, "Requests answered later than their latency budget.", (MetricLabels.Route, key.Name));
        }
    }

    /// <summary>Counts one attempt: its choice and its cost.</summary>
    public void CountAttempt(Exchange exchange)
    {
        var key = (exchange.Decision.Backend!.State, exchange.Decision.Reason);
        if (!_decisions.TryGetValue(key, out var counter))
        {
            counter = _decisions.GetOrAdd(key, _registry.Counter(RouterMetricNames.Decisions, "Requests by chosen backend and reason.",
                [.. Place, (MetricLabels.Backend, key.State.Name), (MetricLabels.Reason, key.Reason.NameOf())]));
        }

        counter.Increment();
        key.State.Ledger.Count(isFirst: exchange.Attempt == 1);
    }

    public void CountRetry(Exchange exchange) => Count(
        RouterMetricNames.Retries, "Second attempts by the backend that failed first.", (MetricLabels.Backend, exchange.Decision.Backend!.Config.Name));

    public void CountReadinessChange(Exchange exchange)
    {
        if (!exchange.Address.IsReady)
        {
            Count(RouterMetricNames.Ejections, "Times an address was taken out after failures.",
                (MetricLabels.Backend, exchange.Decision.Backend!.Config.Name));
        }
    }

    public void CountConfigChange(bool isApplied) => Count(
        RouterMetricNames.ConfigChanges, "Configuration changes by result.", ("result", isApplied ? "applied" : "refused"));

    private void Count(string name, string help, (string, string) label) => _registry.Counter(name, help, [.. Place, label]).Increment();

    private (Counter, Histogram) CreateRequestMetrics(string route, int status)
    {
        (string, string)[] labels = [(MetricLabels.Route, route), (MetricLabels.Status, DecimalText.Of(status)), .. Place];
        return (
            _registry.Counter(HttpMetricNames.Requests, "Requests answered.", labels),
            _registry.Histogram(HttpMetricNames.RequestDuration, "Time to the end of the response.", Seconds, labels));
    }
}
