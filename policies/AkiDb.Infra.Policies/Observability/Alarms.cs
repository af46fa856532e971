using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Observability;

/// <summary>CloudWatch's kinds of alarms.</summary>
internal static class Alarms
{
    public const string Metric = "aws:cloudwatch/metricAlarm:MetricAlarm";
    public const string Composite = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

    /// <summary>Whether a composite alarm of the plan judges <paramref name="alarm"/>, which then needs no receiver itself.</summary>
    public static Truth IsPartOfAnother(PlanView plan, PlannedResource alarm) => plan.OfType(Composite).Where(other => other != alarm)
        .Select(other => other.Dependencies.Contains(alarm.Urn.ToString()) ? Truth.Yes
            : other.Is("alarmRule", Is.Text(rule => alarm.TextOr("name") is { } name && rule.Contains($"\"{name}\"", StringComparison.Ordinal))))
        .Any();
}
