using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Observability;

/// <summary>Logs are kept for a set time.</summary>
internal sealed class LogRetentionSet() : ResourceRule("aws:cloudwatch/logGroup:LogGroup")
{
    public override RuleAbout About { get; } = new("logs-retention", Severity.Medium,
        title: "Every log group says how long it keeps",
        why: "Without a retention CloudWatch keeps, and bills, for ever; nobody decided that.",
        fix: "Set retentionInDays.",
        frameworks: ["CKV_AWS_66"]);

    protected override IEnumerable<Finding?> Check(PlannedResource group) => [group.Must("retentionInDays", Is.AtLeast(1), "a number of days")];
}
