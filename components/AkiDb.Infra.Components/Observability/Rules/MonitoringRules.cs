using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Metrics;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>The watching itself: what keeps a page from reaching somebody.</summary>
public static class MonitoringRules
{
    /// <summary>The alerts.</summary>
    public static RuleGroup Group { get; } = new("monitoring", TimeSpan.FromMinutes(1), [PagesNotDelivered, PagingKeysNotCopied, RouterConfigRefused]);

    private static AlertRule PagesNotDelivered => new()
    {
        Name = "PagesNotDelivered",
        Severity = AlertSeverity.P1,
        Area = AlertArea.Monitoring,
        For = TimeSpan.FromMinutes(5),
        Expression = $"sum({new Series(AlertmanagerMetrics.NotificationsFailed).Like("integration", "pagerduty|sns").Rate("5m")}) > 0",
        Summary = "Alertmanager cannot hand on what it has: people are not paged or runbooks not asked",
        Description = "PagerDuty or the runbooks' topic refuses it (a wrong key, no right to publish) or cannot be reached. Look at the alerts yourself meanwhile.",
    };

    private static AlertRule PagingKeysNotCopied => new()
    {
        Name = "PagingKeysNotCopied",
        Severity = AlertSeverity.P1,
        Area = AlertArea.Monitoring,
        For = TimeSpan.FromMinutes(15),
        Expression = new Series(ExternalSecretMetrics.Condition).Where("name", Alerting.PagingKeys.Name).Where("condition", "Ready").Where("status", "False") + " == 1",
        Summary = "The keys for PagerDuty are not copied from Secrets Manager",
        Description = "Alertmanager goes on with the last copy; a changed key does not arrive, and a new pod of a new cluster has none.",
    };

    private static AlertRule RouterConfigRefused => new()
    {
        Name = "RouterConfigRefused",
        Severity = AlertSeverity.P2,
        Area = AlertArea.Monitoring,
        Expression = $"{PromQl.Sum(RouterSeries.Of(RouterMetricNames.ConfigChanges).Where("result", "refused").Increase("15m"), MetricLabels.Region)} > 0",
        Summary = "{{ $labels.region }}: the router refused a new configuration",
        Description = "It goes on with the old one. The reasons stand in its log.",
        ExplainedBy = [AlertNames.RegionDown],
    };
}
