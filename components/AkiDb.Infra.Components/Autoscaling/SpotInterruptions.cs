using System.Collections.Immutable;
using System.Text.Json;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>Settings of <see cref="SpotInterruptions"/>.</summary>
public sealed class SpotInterruptionsArgs : ResourceArgs
{
    /// <summary>Name of the cluster, and of the queue.</summary>
    public required string ClusterName { get; init; }
}

/// <summary>
/// How Karpenter hears that AWS will take a node: five EventBridge rules into one queue. Messages are kept for 300 s: a spot
/// warning comes 120 s before the end, so an older one is of no use.
/// </summary>
public sealed class SpotInterruptions : ComponentResource
{
    // Karpenter 1.14's CloudFormation template; the fifth came with 1.10.
    private static readonly ImmutableArray<(string Name, string Source, string DetailType)> Events =
    [
        ("health", "aws.health", "AWS Health Event"),
        ("spot-interruption", "aws.ec2", "EC2 Spot Instance Interruption Warning"),
        ("rebalance", "aws.ec2", "EC2 Instance Rebalance Recommendation"),
        ("state-change", "aws.ec2", "EC2 Instance State-change Notification"),
        ("capacity-reservation", "aws.ec2", "EC2 Capacity Reservation Instance Interruption Warning"),
    ];

    /// <summary>Declares the queue and the rules.</summary>
    public SpotInterruptions(string name, SpotInterruptionsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:autoscaling:SpotInterruptions", name, args, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        var queue = new Aws.Sqs.Queue(name, new Aws.Sqs.QueueArgs
        {
            Name = args.ClusterName,
            MessageRetentionSeconds = 300,
            SqsManagedSseEnabled = true,
        }, child);
        var rules = Events.Select(@event => CreateRule($"{name}-{@event.Name}", @event.Source, @event.DetailType, queue, child)).ToList();
        _ = new Aws.Sqs.QueuePolicy($"{name}-policy", new Aws.Sqs.QueuePolicyArgs
        {
            QueueUrl = queue.Url,
            Policy = PolicyDocument.Json(
                new PolicyStatement
                {
                    Sid = "RulesMaySend",
                    Actions = ["sqs:SendMessage"],
                    Resources = { queue.Arn },
                    Principals = [PolicyPrincipal.Service("events.amazonaws.com")],
                    Conditions = [new PolicyCondition("ArnEquals", "aws:SourceArn", rules.Select(rule => rule.Arn).ToList())],
                },
                new PolicyStatement
                {
                    Sid = "DenyHTTP",
                    Effect = PolicyEffect.Deny,
                    Actions = ["sqs:*"],
                    Resources = { queue.Arn },
                    Principals = [PolicyPrincipal.Everyone],
                    Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
                }),
        }, child);

        QueueName = queue.Name;
        QueueArn = queue.Arn;
        RegisterOutputs(new Dictionary<string, object?> { ["queueName"] = QueueName });
    }

    /// <summary>Name of the queue: Karpenter's setting <c>interruptionQueue</c>.</summary>
    public Output<string> QueueName { get; }

    /// <summary>ARN of the queue.</summary>
    public Output<string> QueueArn { get; }

    private static Aws.CloudWatch.EventRule CreateRule(
        string name, string source, string detailType, Aws.Sqs.Queue queue, CustomResourceOptions options)
    {
        var rule = new Aws.CloudWatch.EventRule(name, new Aws.CloudWatch.EventRuleArgs
        {
            Description = $"{detailType} to Karpenter",
            EventPattern = JsonSerializer.Serialize(new Dictionary<string, string[]>
            {
                ["source"] = [source],
                ["detail-type"] = [detailType],
            }),
        }, options);
        _ = new Aws.CloudWatch.EventTarget(name, new Aws.CloudWatch.EventTargetArgs
        {
            Rule = rule.Name,
            TargetId = "KarpenterInterruptionQueueTarget",
            Arn = queue.Arn,
        }, options);
        return rule;
    }
}
