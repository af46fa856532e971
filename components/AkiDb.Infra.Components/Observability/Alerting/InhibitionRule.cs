using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>While one alert fires, others tell nobody: it explains them.</summary>
/// <param name="Source">Alert that explains.</param>
/// <param name="Targets">Alerts that it explains.</param>
/// <param name="Equal">Labels that must agree.</param>
public sealed record InhibitionRule(string Source, ImmutableArray<string> Targets, ImmutableArray<string> Equal)
{
    /// <summary>What the alerts say of each other (<see cref="AlertRule.ExplainedBy"/>), one rule a source.</summary>
    public static ImmutableArray<InhibitionRule> Of(IEnumerable<AlertRule> alerts) =>
    [
        .. alerts.SelectMany(alert => alert.ExplainedBy.Select(source => (source, alert.Name)))
            .Distinct().GroupBy(pair => pair.source, pair => pair.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new InhibitionRule(group.Key, [.. group.Order(StringComparer.Ordinal)], EqualLabels(group.Key))),
    ];

    internal Dictionary<string, object> ToConfig() => new()
    {
        ["source_matchers"] = new[] { $"alertname=\"{Source}\"" },
        ["target_matchers"] = new[] { $"alertname=~\"{string.Join('|', Targets)}\"" },
        ["equal"] = Equal.ToArray(),
    };

    // The burns of one budget say nothing of another's. A region that is down explains every budget.
    private static ImmutableArray<string> EqualLabels(string source) =>
        Objectives.BurnRate.Standard.Any(burn => burn.Alert == source) ? ["cluster", "region", Objectives.ServiceObjective.Label] : ["cluster", "region"];
}
