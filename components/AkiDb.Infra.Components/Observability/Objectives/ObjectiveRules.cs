using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Components.Observability.Objectives;

/// <summary>The rules of one objective: what is recorded of it, and the alerts on its error budget.</summary>
public static class ObjectiveRules
{
    // Windows of a day and more change little in a minute, and sum most samples.
    private static readonly TimeSpan LongWindow = TimeSpan.FromDays(1);

    /// <summary>The groups of <paramref name="objective"/>, in the order that they build on each other.</summary>
    public static IEnumerable<RuleGroup> For(ServiceObjective objective)
    {
        var windows = BurnRate.Standard.SelectMany(burn => new[] { burn.LongWindow, burn.ShortWindow })
            .Append(TimeSpan.FromHours(1)).Append(objective.Period).Where(window => window > TimeSpan.FromMinutes(5)).Distinct().Order().ToList();
        yield return new RuleGroup($"slo-{objective.Name}", TimeSpan.FromSeconds(30),
        [
            .. Events(objective),
            .. windows.Where(window => window < LongWindow).Select(window => Ratio(objective, window)),
            Record(objective, RecordedNames.SloBurnRate, $"{Recorded(objective, TimeSpan.FromHours(1))} / {Number(objective.Budget)}"),
            .. BurnRate.Standard.Where(burn => burn.LongWindow < LongWindow).Select(burn => Alert(objective, burn)),
            Unmeasured(objective),
        ]);
        yield return new RuleGroup($"slo-{objective.Name}-days", TimeSpan.FromMinutes(5),
        [
            .. windows.Where(window => window >= LongWindow).Select(window => Ratio(objective, window)),
            Record(objective, RecordedNames.SloObjective, $"vector({Number(objective.Goal)})"),
            Record(objective, RecordedNames.SloBudgetLeft, $"1 - {Recorded(objective, objective.Period)} / {Number(objective.Budget)}"),
            .. BurnRate.Standard.Where(burn => burn.LongWindow >= LongWindow).Select(burn => Alert(objective, burn)),
        ]);
    }

    private static IEnumerable<RecordingRule> Events(ServiceObjective objective)
    {
        yield return Record(objective, RecordedNames.SloEvents, objective.Events);
        // No bad event ever means no series; a budget that nothing was taken from is full, not unknown.
        yield return Record(objective, RecordedNames.SloBadEvents, $"({objective.BadEvents}) or 0 * {Of(objective, RecordedNames.SloEvents).Unlabelled()}");
        yield return Record(objective, RecordedNames.SloErrorRatio5M, PromQl.Share($"{Of(objective, RecordedNames.SloBadEvents)}", $"{Of(objective, RecordedNames.SloEvents)}"));
    }

    // Sums of what is recorded, not rates over raw counters: pods on spot come and go, and three days of their series are many.
    // Weighted by traffic, as the budget is.
    private static RecordingRule Ratio(ServiceObjective objective, TimeSpan window) => Record(objective, RecordedNames.SloErrorRatio(window), PromQl.Share(
        $"sum_over_time({Of(objective, RecordedNames.SloBadEvents)}[{PromQl.Duration(window)}])",
        $"sum_over_time({Of(objective, RecordedNames.SloEvents)}[{PromQl.Duration(window)}])"));

    private static AlertRule Alert(ServiceObjective objective, BurnRate burn)
    {
        var limit = $"{PromQl.Number(burn.Factor)} * {Number(objective.Budget)}";
        var spent = burn.BudgetSpent(objective.Period).ToString("0 %", CultureInfo.InvariantCulture);
        var empty = burn.TimeToEmpty(objective.Period);
        return new AlertRule
        {
            Name = burn.Alert,
            Severity = burn.Severity,
            Area = AlertArea.Traffic,
            Labels = LabelsOf(objective),
            Expression = $"{Recorded(objective, burn.LongWindow)} > {limit} and {Recorded(objective, burn.ShortWindow)} > {limit}",
            Summary = $"{{{{ $labels.region }}}}: the {objective.Name} budget goes {PromQl.Number(burn.Factor)} times as fast as it may",
            Description = $"Promised: {objective.Promise}. Over the last {PromQl.Duration(burn.LongWindow)} {{{{ $value | humanizePercentage }}}} of events broke that;"
                + $" {spent} of thirty days' budget or more went with them. At this rate a full budget lasts {Lasts(empty)}.",
            // Slower burns of the same budget say nothing new while a faster one is being worked on.
            ExplainedBy =
            [
                AlertNames.RegionDown,
                .. BurnRate.Standard.Where(other => other.Factor > burn.Factor).Select(other => other.Alert),
            ],
        };
    }

    // The router counts decisions apart from requests: when one moves and the other is not there, the objective is blind.
    private static AlertRule Unmeasured(ServiceObjective objective) => new()
    {
        Name = AlertNames.ObjectiveUnmeasured,
        Severity = AlertSeverity.P1,
        Area = AlertArea.Monitoring,
        Labels = LabelsOf(objective),
        For = TimeSpan.FromMinutes(10),
        Expression = $"{PromQl.Sum(RouterSeries.Of(RouterMetricNames.Decisions).Rate("5m"), MetricLabels.Region)} > 0"
            + $" unless on ({MetricLabels.Region}) {Of(objective, RecordedNames.SloEvents)}",
        Summary = $"{{{{ $labels.region }}}}: the {objective.Name} objective has no data",
        Description = "Requests are being routed, but what the objective counts is absent: a metric or a label was renamed, or a rule fails."
            + " Until it is back nobody is told when the promise is broken.",
    };

    private static RecordingRule Record(ServiceObjective objective, string name, string expression) =>
        new() { Record = name, Expression = expression, Labels = LabelsOf(objective) };

    private static Series Recorded(ServiceObjective objective, TimeSpan window) => Of(objective, RecordedNames.SloErrorRatio(window));

    private static Series Of(ServiceObjective objective, string recorded) => new Series(recorded).Where(ServiceObjective.Label, objective.Name);

    private static ImmutableSortedDictionary<string, string> LabelsOf(ServiceObjective objective) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(ServiceObjective.Label, objective.Name);

    // What is recorded bears the label slo, a fresh sum does not yet: "or" between the two would never match.
    private static string Unlabelled(this Series series) => PromQl.Sum(series, MetricLabels.Region);

    private static string Lasts(TimeSpan time) => time.TotalHours < 72
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days");

    private static string Number(decimal number) => number.ToString("0.################", CultureInfo.InvariantCulture);
}
