using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Metrics;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>The golden signals as clients see them, by region or edge site, with the limits of specification W15.</summary>
public static class TrafficRules
{
    private const string Region = MetricLabels.Region;

    /// <summary>Records the signals once, then judges them.</summary>
    public static RuleGroup Group { get; } = new("golden-signals", TimeSpan.FromSeconds(30),
    [
        Record(RecordedNames.Requests, PromQl.Sum(RouterSeries.Requests.Rate("5m"), Region)),
        Record(RecordedNames.ErrorRatio, PromQl.Share(
            $"({PromQl.Sum(RouterSeries.Requests.Like(MetricLabels.Status, RouterSeries.ServerErrors).Rate("5m"), Region)} or 0 * {RecordedNames.Requests})",
            RecordedNames.Requests)),
        Record(RecordedNames.LatencyP50, PromQl.Quantile(0.5, RouterSeries.Duration, "5m", Region)),
        Record(RecordedNames.LatencyP95, PromQl.Quantile(0.95, RouterSeries.Duration, "5m", Region)),
        Record(RecordedNames.LatencyP99, PromQl.Quantile(0.99, RouterSeries.Duration, "5m", Region)),
        RegionDown, LatencyHigh, TrafficDropped, ErrorRateHigh, LatencyAnomalySevere, LatencyAnomaly, RouterMetricsAbsent,
    ]);

    private static AlertRule RegionDown => new()
    {
        Name = AlertNames.RegionDown,
        Severity = AlertSeverity.P0,
        Area = AlertArea.Traffic,
        For = TimeSpan.FromMinutes(1),
        Expression = $"{PromQl.Sum(RouterSeries.Of(RouterMetricNames.BackendHealthyAddresses), Region)} == 0"
            + $" or sum({RouterSeries.OfDeployment(KubeStateMetrics.DeploymentAvailable)}) == 0 and sum({RouterSeries.OfDeployment(KubeStateMetrics.DeploymentReplicas)}) > 0",
        Summary = "{{ $labels.region }}: nothing answers",
        Description = "Either no router is available or none of its backends has a healthy address. Route 53 moves clients to other regions;"
            + " those must carry this one's load.",
    };

    private static AlertRule LatencyHigh => new()
    {
        Name = "LatencyHigh",
        Severity = AlertSeverity.P1,
        Area = AlertArea.Traffic,
        For = TimeSpan.FromMinutes(5),
        Expression = $"{RecordedNames.LatencyP95} > 0.05",
        Summary = "{{ $labels.region }}: P95 latency is {{ $value | humanizeDuration }}",
        Description = "One request in twenty takes longer than 50 ms in this region or edge site; the target is 30 ms.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade],
    };

    // Two minutes against the hour before; the last ten are left out, or a slow decline would lower its own yardstick.
    private static AlertRule TrafficDropped
    {
        get
        {
            var before = $"avg_over_time({RecordedNames.Requests}[1h] offset 10m)";
            return new AlertRule
            {
                Name = "TrafficDropped",
                Severity = AlertSeverity.P1,
                Area = AlertArea.Traffic,
                For = TimeSpan.FromMinutes(2),
                // Below a request a second one client more or less is half the traffic.
                Expression = $"({PromQl.Sum(RouterSeries.Requests.Rate("2m"), Region)} or 0 * {before}) < 0.5 * ({before} > 1) and on () {RouterSeries.IsWanted}",
                Summary = "{{ $labels.region }}: traffic fell to {{ $value | humanize }} requests a second",
                Description = "Less than half of what the hour before had. Clients, names or the edge cannot reach the region, or they were moved away on purpose.",
                ExplainedBy = [AlertNames.RegionDown],
            };
        }
    }

    private static AlertRule ErrorRateHigh => new()
    {
        Name = "ErrorRateHigh",
        Severity = AlertSeverity.P0,
        Area = AlertArea.Traffic,
        For = TimeSpan.FromMinutes(2),
        Expression = PromQl.Share(
            PromQl.Sum(RouterSeries.Requests.Like(MetricLabels.Status, RouterSeries.ServerErrors).Rate("2m"), Region),
            PromQl.Sum(RouterSeries.Requests.Rate("2m"), Region)) + " > 0.01",
        Summary = "{{ $labels.region }}: {{ $value | humanizePercentage }} of requests fail",
        Description = "More than one request in a hundred ends in a server error; the promise is one in two thousand.",
        ExplainedBy = [AlertNames.RegionDown],
    };

    private static AlertRule LatencyAnomalySevere => new()
    {
        Name = "LatencyAnomalySevere",
        Severity = AlertSeverity.P1,
        Area = AlertArea.Traffic,
        For = TimeSpan.FromMinutes(5),
        Expression = $"{AnomalyMetricNames.ObservedSeconds} > 1.5 * {AnomalyMetricNames.UpperSeconds}",
        Summary = "{{ $labels.region }}: P95 latency is {{ $value | humanizeDuration }}, far above what this hour of the week has",
        Description = "More than one and a half times the upper edge of the seasonal model's 95 % interval (specification W15).",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade, "LatencyHigh"],
    };

    private static AlertRule LatencyAnomaly => new()
    {
        Name = "LatencyAnomaly",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Traffic,
        For = TimeSpan.FromMinutes(10),
        Expression = $"{AnomalyMetricNames.ObservedSeconds} > {AnomalyMetricNames.UpperSeconds}",
        Summary = "{{ $labels.region }}: P95 latency is {{ $value | humanizeDuration }}, above what this hour of the week has",
        Description = "Outside the seasonal model's 95 % interval for two samples or more. Nothing is broken yet.",
        ExplainedBy = [AlertNames.RegionDown, AlertNames.SpotInterruptionCascade, "LatencyHigh", "LatencyAnomalySevere"],
    };

    private static AlertRule RouterMetricsAbsent => new()
    {
        Name = "RouterMetricsAbsent",
        Severity = AlertSeverity.P1,
        Area = AlertArea.Monitoring,
        For = TimeSpan.FromMinutes(5),
        Expression = $"absent({RouterSeries.InFlight}) and on () {RouterSeries.IsWanted}",
        Summary = "The router is meant to run, and nothing is measured of it",
        Description = "No router is scraped: its pods are gone, the ServiceMonitor no longer finds them, or a network policy closed the path."
            + " Golden signals and objectives are blind.",
        ExplainedBy = [AlertNames.RegionDown],
    };

    private static RecordingRule Record(string name, string expression) => new() { Record = name, Expression = expression };
}
