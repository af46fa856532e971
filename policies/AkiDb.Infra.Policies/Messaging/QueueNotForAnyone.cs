using AkiDb.Infra.Policies.Iam;

namespace AkiDb.Infra.Policies.Messaging;

/// <summary>No queue policy lets in the world.</summary>
internal sealed class QueueNotForAnyone() : ResourcePolicyRule("aws:sqs/queuePolicy:QueuePolicy", "aws:sqs/queue:Queue")
{
    public override RuleAbout About { get; } = new("sqs-no-public-principal", Severity.Critical,
        title: "Queue policies allow nobody and everybody nothing",
        why: "Anyone could read or forge interruption notices.",
        fix: "Name the service, and the rule in aws:SourceArn. A Deny for * is fine.",
        frameworks: ["CKV_AWS_168", "CKV_AWS_387", "SQS.3"]);
}
