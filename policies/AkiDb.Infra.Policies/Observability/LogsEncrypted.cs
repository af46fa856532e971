using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Observability;

/// <summary>Logs are encrypted under a key of ours.</summary>
internal sealed class LogsEncrypted() : ResourceRule("aws:cloudwatch/logGroup:LogGroup")
{
    public override RuleAbout About { get; } = new("logs-kms", Severity.Medium,
        title: "Log groups use a customer-managed key",
        why: "Logs hold addresses, queries and tokens that were printed by mistake.",
        fix: "Set kmsKeyId to a key whose policy lets the region's logs service use it.",
        frameworks: ["CKV_AWS_158"]);

    protected override IEnumerable<Finding?> Check(PlannedResource group) => [group.Must("kmsKeyId", Is.Present, "the ARN of a KMS key")];
}
