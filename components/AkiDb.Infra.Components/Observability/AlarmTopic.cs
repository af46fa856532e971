using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of an <see cref="AlarmTopic"/>.</summary>
public sealed class AlarmTopicArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region; an alarm reaches topics of its own region only.</summary>
    public required string Region { get; init; }

    /// <summary>First part of every name, e.g. <c>akidb-prod</c>; only alarms that begin with it may publish.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Last part of the topic's name. Default: alarms.</summary>
    public string Purpose { get; init; } = "alarms";

    /// <summary>Who is told by e-mail, PagerDuty's e-mail integration for one; each address has to confirm once. Default: nobody.</summary>
    public ImmutableArray<string> Emails { get; init; } = [];

    /// <summary>Services that may publish beside CloudWatch's alarms, e.g. <c>budgets.amazonaws.com</c>. Default: none.</summary>
    public ImmutableArray<string> MorePublishers { get; init; } = [];
}

/// <summary>Where alarms of one region go: an encrypted topic that only CloudWatch's alarms of this environment may publish to, by TLS.</summary>
public sealed class AlarmTopic : ComponentResource
{
    /// <summary>Declares key, topic, policy and subscriptions.</summary>
    public AlarmTopic(string name, AlarmTopicArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:AlarmTopic", name, args, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        var ours = new PolicyCondition("StringEquals", "aws:SourceAccount", args.AccountId);
        var key = new EncryptionKey($"{name}-key", new EncryptionKeyArgs
        {
            AccountId = args.AccountId,
            Alias = $"{args.NamePrefix}/{args.Purpose}",
            Purpose = $"Messages of {args.NamePrefix} about {args.Purpose} in {args.Region}",
            Statements =
            [
                new PolicyStatement
                {
                    Sid = "PublishersEncrypt",
                    // AWS' own key for SNS cannot be used by alarms (SNS developer guide, "Key management", from memory, 2026-11).
                    Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
                    Resources = { "*" },
                    Principals = [PolicyPrincipal.Service(["cloudwatch.amazonaws.com", .. args.MorePublishers])],
                    Conditions = [ours],
                },
            ],
        }, new ComponentResourceOptions { Parent = this });
        var topic = new Aws.Sns.Topic(name, new Aws.Sns.TopicArgs
        {
            Name = $"{args.NamePrefix}-{args.Purpose}",
            KmsMasterKeyId = key.Arn,
        }, child);
        List<PolicyStatement> statements =
        [
            Publisher("AlarmsPublish", "cloudwatch.amazonaws.com", ours,
                new PolicyCondition("ArnLike", "aws:SourceArn", $"arn:aws:cloudwatch:{args.Region}:{args.AccountId}:alarm:{args.NamePrefix}-*")),
            .. args.MorePublishers.Select((service, index) => Publisher($"ServicePublishes{index}", service, ours)),
            new PolicyStatement
            {
                Sid = "DenyHttp",
                Effect = PolicyEffect.Deny,
                Actions = ["sns:Publish"],
                Resources = { topic.Arn },
                Principals = [PolicyPrincipal.Everyone],
                Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
            },
        ];
        _ = new Aws.Sns.TopicPolicy($"{name}-policy", new Aws.Sns.TopicPolicyArgs { Arn = topic.Arn, Policy = PolicyDocument.Json([.. statements]) }, child);
        foreach (var (email, index) in args.Emails.Select((email, index) => (email, index)))
        {
            _ = new Aws.Sns.TopicSubscription($"{name}-email-{index}", new Aws.Sns.TopicSubscriptionArgs
            {
                Topic = topic.Arn,
                Protocol = "email",
                Endpoint = email,
            }, child);
        }

        (Arn, KeyArn) = (topic.Arn, key.Arn);
        RegisterOutputs(new Dictionary<string, object?> { ["arn"] = Arn });

        PolicyStatement Publisher(string sid, string service, params PolicyCondition[] conditions) => new()
        {
            Sid = sid,
            Actions = ["sns:Publish"],
            Resources = { topic.Arn },
            Principals = [PolicyPrincipal.Service(service)],
            Conditions = [.. conditions],
        };
    }

    /// <summary>ARN of the topic.</summary>
    public Output<string> Arn { get; }

    /// <summary>ARN of its key; who publishes under an IAM policy needs <c>kms:Decrypt</c> and <c>kms:GenerateDataKey</c> on it.</summary>
    public Output<string> KeyArn { get; }
}
