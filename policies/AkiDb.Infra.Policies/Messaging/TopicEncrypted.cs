using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Messaging;

/// <summary>Notifications at rest are encrypted.</summary>
internal sealed class TopicEncrypted() : ResourceRule("aws:sns/topic:Topic")
{
    public override RuleAbout About { get; } = new("sns-encrypted", Severity.Medium,
        title: "Topics are encrypted with a KMS key",
        why: "Alarm texts tell what is weak and when.",
        fix: "Set kmsMasterKeyId to a key whose policy lets the publishing services use it; alias/aws/sns does not work for CloudWatch alarms.",
        frameworks: ["CKV_AWS_26", "SNS.1"]);

    protected override IEnumerable<Finding?> Check(PlannedResource topic) => [topic.Must("kmsMasterKeyId", Is.Present, "a KMS key")];
}
