using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Observability;

/// <summary>Alarms are not muted by the program.</summary>
internal sealed class AlarmActionsOn() : ResourceRule(Alarms.Metric, Alarms.Composite)
{
    public override RuleAbout About { get; } = new("alarm-actions-on", Severity.Medium,
        title: "No alarm has its actions turned off",
        why: "Someone silenced it for an evening; it stays silent.",
        fix: "Remove actionsEnabled: false; silence in Alertmanager, with an end.",
        frameworks: ["CKV_AWS_319"]);

    protected override IEnumerable<Finding?> Check(PlannedResource alarm) => [alarm.Must("actionsEnabled", Is.NotFalse, "true")];
}
