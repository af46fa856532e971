namespace AkiDb.Infra.Policies.Observability;

/// <summary>Who did what can be answered for a year.</summary>
internal sealed class AuditLogsKeptAYear : StackRule
{
    public override RuleAbout About { get; } = new("logs-audit-year", Severity.Medium,
        title: "Production keeps control-plane logs for a year",
        why: "Intrusions are found months later; the audit log is what they are understood by.",
        fix: "Set akidb:cluster logRetentionDays to 365 or more in prod.",
        frameworks: ["CKV_AWS_338"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.Plan.Stack != "prod" ? [] : plan.OfType("aws:cloudwatch/logGroup:LogGroup")
        .Where(group => group.TextOr("name")?.StartsWith("/aws/eks/", StringComparison.Ordinal) == true)
        .Select(group => group.Must("retentionInDays", Is.AtLeast(365), "365 days or more"));
}
