using System.Collections.Immutable;
using AkiDb.Infra.Components.Observability.Objectives;

namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>Every rule that Prometheus evaluates for AkiDB.</summary>
public static class AlertCatalogue
{
    /// <summary>Objectives and the alerts on their budgets.</summary>
    public static ImmutableArray<RuleGroup> Objectives { get; } = [.. ServiceObjective.All.SelectMany(ObjectiveRules.For)];

    /// <summary>Golden signals and what is behind them.</summary>
    public static ImmutableArray<RuleGroup> Signals { get; } =
        [TrafficRules.Group, CapacityRules.Group, PredictionRules.Group, MonitoringRules.Group];

    /// <summary>All alerts; one name stands for several rules where there is one an objective.</summary>
    public static ImmutableArray<AlertRule> Alerts { get; } =
        [.. Objectives.Concat(Signals).SelectMany(group => group.Rules).OfType<AlertRule>()];

    /// <summary>The rules as one file of Prometheus (JSON, which is YAML too), for promtool.</summary>
    /// <param name="groups">Groups in it.</param>
    /// <param name="runbooksUrl">Where runbooks stand.</param>
    public static string File(IEnumerable<RuleGroup> groups, string runbooksUrl) => System.Text.Json.JsonSerializer.Serialize(
        new Dictionary<string, object> { ["groups"] = Spec(groups, runbooksUrl) }, JsonText.Indented);

    internal static Dictionary<string, object>[] Spec(IEnumerable<RuleGroup> groups, string runbooksUrl) =>
        [.. groups.Select(group => group.ToSpec(runbooksUrl))];
}
