using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.TestKit.Alerting;

/// <summary>An alert of a made-up week.</summary>
/// <param name="Rule">The rule that it is of.</param>
/// <param name="Region">Where.</param>
/// <param name="Start">After Monday, 0:00.</param>
/// <param name="Length">How long it fires.</param>
/// <param name="Incident">The incident that it belongs to; null for noise.</param>
/// <param name="Part">Tells alerts of one rule apart, e.g. a node or a backend.</param>
public sealed record SyntheticAlert(AlertRule Rule, string Region, TimeSpan Start, TimeSpan Length, string? Incident, string Part)
{
    public TimeSpan End => Start + Length;

    /// <summary>As Prometheus would send it.</summary>
    public PostedAlert Posted => new(
        Rule.AllLabels.ToImmutableDictionary()
            .SetItem("alertname", Rule.Name).SetItem("region", Region).SetItem("cluster", $"akidb-prod-{Region}").SetItem("instance", Part),
        ImmutableDictionary<string, string>.Empty
            .Add("summary", $"{Region}: {Rule.Name} {Part}").Add("description", Rule.Description).Add("runbook_url", $"https://wiki.akidb.com/runbooks/{Rule.Name}.md"));
}
