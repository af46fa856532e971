using System.Collections.Concurrent;
using System.Globalization;
using AkiDb.Contracts;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.SearchEngine.Observability;

/// <summary>Requests by route and status, under the specification's names and under those that every service has.</summary>
internal sealed class RequestMetrics
{
    /// <summary>Status of a request whose client left first (nginx's convention).</summary>
    public const int ClientLeft = 499;

    // 0.03 is the objective: the share below it is read off, not interpolated.
    private static readonly double[] Seconds =
        [0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 10];

    private readonly ConcurrentDictionary<(string Route, int Status), Series> _series = [];
    private readonly MetricRegistry _registry;
    private readonly (string, string)[] _place;
    private int _inFlight;

    public RequestMetrics(MetricRegistry registry, params (string, string)[] place)
    {
        (_registry, _place) = (registry, place);
        var gauge = registry.Gauge(HttpMetricNames.InFlight, "Requests being served.", place);
        registry.BeforeExposition(() => gauge.Value = Volatile.Read(ref _inFlight));
    }

    /// <summary>Requests being served.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public void Begin() => Interlocked.Increment(ref _inFlight);

    public void End(string route, int status, TimeSpan duration)
    {
        Interlocked.Decrement(ref _inFlight);
        if (!_series.TryGetValue((route, status), out var series))
        {
            series = _series.GetOrAdd((route, status), Create(route, status));
        }

        foreach (var (requests, durations) in series.Both)
        {
            requests.Increment();
            durations.Observe(duration.TotalSeconds);
        }
    }

    private Series Create(string route, int status)
    {
        (string, string)[] labels = [(MetricLabels.Route, route), (MetricLabels.Status, status.ToString(CultureInfo.InvariantCulture)), .. _place];
        return new Series(
        [
            (_registry.Counter(SearchMetricNames.Requests, "Requests answered.", labels),
                _registry.Histogram(SearchMetricNames.RequestDuration, "Time to the end of the response.", Seconds, labels)),
            (_registry.Counter(HttpMetricNames.Requests, "Requests answered.", labels),
                _registry.Histogram(HttpMetricNames.RequestDuration, "Time to the end of the response.", Seconds, labels)),
        ]);
    }

    private sealed record Series((Counter Requests, Histogram Durations)[] Both);
}
