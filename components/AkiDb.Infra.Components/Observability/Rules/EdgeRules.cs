using AkiDb.Contracts;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>Embedding functions near the clients, as the router sees them. What CloudFront sees, CloudWatch's alarms judge.</summary>
public static class EdgeRules
{
    /// <summary>The alerts.</summary>
    public static RuleGroup Group { get; } = new("edge", TimeSpan.FromSeconds(30), [EdgeColdStarts]);

    // A warm function takes tens of milliseconds, a cold one 4.5 s (the specification's incident of 21 November).
    private static AlertRule EdgeColdStarts => new()
    {
        Name = AlertNames.EdgeColdStarts,
        Severity = AlertSeverity.P1,
        Area = AlertArea.Edge,
        For = TimeSpan.FromMinutes(2),
        Expression = PromQl.Max(RouterSeries.Of(RouterMetricNames.BackendLatencyP95).Like(MetricLabels.Backend, ".*lambda.*"), MetricLabels.Region, MetricLabels.Backend) + " > 1",
        Summary = "{{ $labels.region }}: {{ $labels.backend }} starts from cold, P95 {{ $value | humanizeDuration }}",
        Description = "More requests at once than warm copies. The runbook doubles the provisioned concurrency, up to ten.",
        ExplainedBy = [AlertNames.RegionDown],
    };
}
