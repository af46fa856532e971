using AkiDb.Infra.Policies.Iam;

namespace AkiDb.Infra.Policies.Messaging;

/// <summary>Queues refuse plain HTTP.</summary>
internal sealed class QueueTlsOnly : StackRule
{
    public override RuleAbout About { get; } = new("sqs-tls-only", Severity.Medium,
        title: "Every queue's policy denies requests without TLS",
        why: "SQS answers plain HTTP unless it is told not to.",
        fix: "Deny sqs:* to everyone where aws:SecureTransport is false.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType("aws:sqs/queue:Queue").Select(queue =>
    {
        var own = queue.Input("policy") is { } policy ? TransportSecurity.IsDemanded(policy, "sqs:SendMessage") : Truth.No;
        var separate = plan.LinkedTo(queue, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl", "name")
            .Select(link => link.Belongs.And(TransportSecurity.IsDemanded(link.Resource.Input("policy"), "sqs:SendMessage"))).Any();
        return queue.Must(own.Or(separate), "policy", "no Deny for plain HTTP", "a Deny where aws:SecureTransport is false");
    });
}
