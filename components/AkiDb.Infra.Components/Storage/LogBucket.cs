using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Aws.S3.Inputs;
using Aws = Pulumi.Aws;

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

    private const string BucketPrefix = "s3";

    /// <summary>Declares the bucket.</summary>
    /// <exception cref="ArgumentException">Days out of range.</exception>
    public LogBucket(string name, LogBucketArgs args, ComponentResourceOptions? options = null)
        : base("akidb:storage:LogBucket", name, args, options)
    {
        ComponentArgument.InRange($"LogBucket '{name}'", nameof(args.KeepDays), args.KeepDays, 1, 3650);
        var child = new CustomResourceOptions { Parent = this };
        var bucket = new Aws.S3.Bucket(name, new Aws.S3.BucketArgs
        {
            BucketName = $"{args.NamePrefix}-logs-{args.AccountId}-{args.Region}",
        }, child);
        var versions = new Aws.S3.BucketVersioning($"{name}-versions", new Aws.S3.BucketVersioningArgs
        {
            Bucket = bucket.Id,
            VersioningConfiguration = new BucketVersioningVersioningConfigurationArgs { Status = "Enabled" },
        }, child);
        _ = new Aws.S3.BucketServerSideEncryptionConfiguration($"{name}-encryption", new Aws.S3.BucketServerSideEncryptionConfigurationArgs
        {
            Bucket = bucket.Id,
            Rules =
            {
                new BucketServerSideEncryptionConfigurationRuleArgs
                {
                    ApplyServerSideEncryptionByDefault =
                        new BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs { SseAlgorithm = "AES256" },
                },
            },
        }, child);
        CreateLifecycle(name, args, bucket, versions);
        var policy = BucketPrivacy.Close(name, bucket, this, Writers(args, bucket));

        // Who logs into the bucket is checked by AWS when it is told to: the policy must stand by then.
        Name = Output.Tuple(bucket.Id, policy.Id).Apply(made => made.Item1);
        Arn = Output.Tuple(bucket.Arn, policy.Id).Apply(made => made.Item1);
        RegisterOutputs(new Dictionary<string, object?> { ["name"] = Name });
    }

    /// <summary>Name of the bucket; waits for its policy.</summary>
    public Output<string> Name { get; }

    /// <summary>ARN of the bucket; waits for its policy.</summary>
    public Output<string> Arn { get; }

    /// <summary>Sends the access log of <paramref name="bucket"/> to <paramref name="logBucket"/>.</summary>
    internal static void LogAccess(string name, Aws.S3.Bucket bucket, Input<string> logBucket, Resource parent) =>
        _ = new Aws.S3.BucketLogging($"{name}-logging", new Aws.S3.BucketLoggingArgs
        {
            Bucket = bucket.Id,
            TargetBucket = logBucket,
            TargetPrefix = $"{BucketPrefix}/{name}/",
        }, new CustomResourceOptions { Parent = parent });

    private static PolicyStatement[] Writers(LogBucketArgs args, Aws.S3.Bucket bucket)
    {
        var ours = new PolicyCondition("StringEquals", "aws:SourceAccount", args.AccountId);
        return
        [
            Writer("WriteAccessLogs", "logging.s3.amazonaws.com", Output.Format($"{bucket.Arn}/{BucketPrefix}/*"), ours),
            // Load balancers name no source account; the account in the path is what they are held to.
            Writer("WriteLoadBalancerLogs", "logdelivery.elasticloadbalancing.amazonaws.com",
                Output.Format($"{bucket.Arn}/{LoadBalancerPrefix}/AWSLogs/{args.AccountId}/*")),
            Writer("WriteEdgeLogs", "delivery.logs.amazonaws.com", Output.Format($"{bucket.Arn}/{EdgePrefix}/AWSLogs/{args.AccountId}/*"),
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

    private void CreateLifecycle(string name, LogBucketArgs args, Aws.S3.Bucket bucket, Aws.S3.BucketVersioning versions) =>
        _ = new Aws.S3.BucketLifecycleConfiguration($"{name}-lifecycle", new Aws.S3.BucketLifecycleConfigurationArgs
        {
            Bucket = bucket.Id,
            Rules =
            {
                new BucketLifecycleConfigurationRuleArgs
                {
                    Id = "logs",
                    Status = "Enabled",
                    Filter = new BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
                    Expiration = new BucketLifecycleConfigurationRuleExpirationArgs { Days = args.KeepDays },
                    // A log that was overwritten or deleted can still be had back for a week.
                    NoncurrentVersionExpiration = new BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs { NoncurrentDays = 7 },
                    AbortIncompleteMultipartUpload = new BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs { DaysAfterInitiation = 7 },
                },
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = { versions } });
}
