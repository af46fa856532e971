namespace AkiDb.Infra.Policies.Observability;

/// <summary>An alarm is heard by somebody.</summary>
internal sealed class AlarmReceiver : StackRule
{
    public override RuleAbout About { get; } = new("alarm-receiver", Severity.High,
        title: "Every alarm has a receiver",
        why: "An alarm that tells nobody is a graph.",
        fix: "Set alarmActions to the topic of its severity, or make it part of a composite alarm.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType(Alarms.Metric, Alarms.Composite).Select(alarm => alarm.Must(
        alarm.Is("alarmActions", Is.Present).Or(Alarms.IsPartOfAnother(plan, alarm)), "alarmActions", "no action", "a topic or another action"));
}
