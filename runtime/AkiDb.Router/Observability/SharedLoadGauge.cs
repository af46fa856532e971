using AkiDb.Contracts;
using AkiDb.Router.Load;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.Router.Observability;

/// <summary>Shows whether the shared load counters are fresh.</summary>
internal sealed class SharedLoadGauge(MetricRegistry registry, RoutingState routing, LoadExchangeLoop loop) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var config = routing.Model.Config;
        var gauge = registry.Gauge(RouterMetricNames.SharedLoadFresh, "1 while the load of other routers is known, else 0.",
            (MetricLabels.Region, config.Region), (MetricLabels.Cluster, config.Cluster));
        registry.BeforeExposition(() => gauge.Value = loop.Current?.IsFresh(routing.Clock.Now) == true ? 1 : 0);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
