using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;

namespace AkiDb.Infra.Components.Storage;

/// <summary>Settings of a <see cref="LogBucket"/>.</summary>
public sealed class LogBucketArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>AWS region: logs of S3 and of load balancers must stay in theirs.</summary>
    public required string Region { get; init; }

    /// <summary>Days until a log is deleted, 1 to 3650.</summary>
    public required int KeepDays { get; init; }
}

/// <summary>
/// One region's bucket for the access logs of buckets, load balancers and CloudFront. It is encrypted by S3's own key: S3 and
/// load balancers deliver under no other (Amazon S3 user guide, "Enabling server access logging"; Elastic Load Balancing,
/// "Access logs", read 2026-11).
/// </summary>
public sealed class LogBucket : ComponentResource
{
    /// <summary>Prefix of the load balancers' logs.</summary>
    public const string LoadBalancerPrefix = "alb";

    /// <summary>Prefix of CloudFront's logs.</summary>
    public const string EdgePrefix = "cloudfront";

    /// <summary>Prefix of the buckets' logs.</summary>
    public const string BucketPrefix = "s3";

    /// <summary>Declares the bucket.</summary>
    /// <exception cref="ArgumentException">Days out of range.</exception>
    public LogBucket(string name, LogBucketArgs args, ComponentResourceOptions? options = null)
        : base("akidb:storage:LogBucket", name, args, options)
    {
        ComponentArgument.InRange($"LogBucket '{name}'", nameof(args.KeepDays), args.KeepDays, 1, 3650);
        var bucket = new PrivateBucket(name, new PrivateBucketSettings
        {
            BucketName = $"{args.NamePrefix}-logs-{args.AccountId}-{args.Region}",
            KeyArn = null,
            Life = new ObjectLife("logs", KeepReplacedDays: 7) { DeleteAfterDays = args.KeepDays },
            Allowed = bucketArn => Writers(args, bucketArn),
        }, this);

        // Who logs into the bucket is checked by AWS when it is told to: the policy must stand by then.
        Name = Output.Tuple(bucket.Id, bucket.Policy.Id).Apply(made => made.Item1);
        Arn = Output.Tuple(bucket.Arn, bucket.Policy.Id).Apply(made => made.Item1);
        RegisterOutputs(new Dictionary<string, object?> { ["name"] = Name });
    }

    /// <summary>Name of the bucket; waits for its policy.</summary>
    public Output<string> Name { get; }

    /// <summary>ARN of the bucket; waits for its policy.</summary>
    public Output<string> Arn { get; }

    private static ImmutableArray<PolicyStatement> Writers(LogBucketArgs args, Output<string> bucketArn)
    {
        var ours = new PolicyCondition("StringEquals", "aws:SourceAccount", args.AccountId);
        return
        [
            Writer("WriteAccessLogs", "logging.s3.amazonaws.com", Output.Format($"{bucketArn}/{BucketPrefix}/*"), ours),
            // Load balancers name no source account; the account in the path is what they are held to.
            Writer("WriteLoadBalancerLogs", "logdelivery.elasticloadbalancing.amazonaws.com",
                Output.Format($"{bucketArn}/{LoadBalancerPrefix}/AWSLogs/{args.AccountId}/*")),
            Writer("WriteEdgeLogs", "delivery.logs.amazonaws.com", Output.Format($"{bucketArn}/{EdgePrefix}/AWSLogs/{args.AccountId}/*"),
                ours, new PolicyCondition("ArnLike", "aws:SourceArn", $"arn:aws:logs:us-east-1:{args.AccountId}:delivery-source:*")),
        ];
    }

    private static PolicyStatement Writer(string sid, string service, Output<string> objects, params PolicyCondition[] conditions) => new()
    {
        Sid = sid,
        Actions = ["s3:PutObject"],
        Resources = { objects },
        Principals = [PolicyPrincipal.Service(service)],
        Conditions = [.. conditions],
    };
}
