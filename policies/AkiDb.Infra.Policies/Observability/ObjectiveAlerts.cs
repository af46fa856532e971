using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Observability;

/// <summary>A promise that is being broken wakes somebody.</summary>
internal sealed class ObjectiveAlerts : StackRule
{
    private const string Objective = "aws-native:applicationsignals:ServiceLevelObjective";

    public override RuleAbout About { get; } = new("slo-alerts", Severity.High,
        title: "Every service-level objective has burn-rate windows and an alarm",
        why: "An objective that only shows on a dashboard is read after the month is lost; one window alone alerts too late or too often (SRE workbook, chapter 5).",
        fix: "Give it two or more burnRateConfigurations (long and short window) and an alarm on its BurnRate metric.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType(Objective).SelectMany(objective => new[]
    {
        objective.Must("burnRateConfigurations", windows => windows switch
        {
            UnknownValue or SecretValue => Truth.Unknown,
            ListValue list => TruthLogic.Of(list.Items.Length >= 2),
            _ => Truth.No,
        }, "a long and a short window"),
        objective.Must(plan.OfType(Alarms.Metric).Select(alarm => alarm.Dependencies.Contains(objective.Urn.ToString()) ? Truth.Yes
            : alarm.Is("dimensions.SloName", Is.Text(name => name == objective.TextOr("name")))).Any(), "", "no alarm", "an alarm on its burn rate"),
    });
}
