using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Messaging;

/// <summary>Messages at rest are encrypted.</summary>
internal sealed class QueueEncrypted() : ResourceRule("aws:sqs/queue:Queue")
{
    public override RuleAbout About { get; } = new("sqs-encrypted", Severity.Medium,
        title: "Queues are encrypted",
        why: "Messages name nodes, documents and users.",
        fix: "Set sqsManagedSseEnabled to true, or kmsMasterKeyId to a key that the senders may use.",
        frameworks: ["CKV_AWS_27", "SQS.1"]);

    // AWS encrypts new queues by itself since 2022; only an explicit "false" without a key turns it off, and a plan should say so.
    protected override IEnumerable<Finding?> Check(PlannedResource queue) =>
        [queue.Must(queue.Is("sqsManagedSseEnabled", Is.True).Or(queue.Is("kmsMasterKeyId", Is.Present)), "sqsManagedSseEnabled",
            "neither SSE-SQS nor a key", "sqsManagedSseEnabled true, or a KMS key")];
}
