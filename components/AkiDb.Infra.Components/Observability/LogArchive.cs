using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Storage;
using Pulumi;
using Pulumi.Aws.Kinesis.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of a <see cref="LogArchive"/>.</summary>
public sealed class LogArchiveArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>ARN of the key that encrypts the archive.</summary>
    [Input("keyArn", required: true)]
    public required Input<string> KeyArn { get; init; }

    /// <summary>Bucket that gets the archive's access log.</summary>
    [Input("logBucket", required: true)]
    public required Input<string> LogBucket { get; init; }

    /// <summary>Log groups that are archived, by a short name.</summary>
    public required ImmutableSortedDictionary<string, Output<string>> Groups { get; init; }

    /// <summary>Days until a log is deleted, 181 to 3,650.</summary>
    public required int KeepDays { get; init; }

    /// <summary>Topic that is told when the archive falls behind.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }
}

/// <summary>
/// Where logs go that are kept longer than CloudWatch is cheap: a Firehose stream writes them, compressed, into an encrypted bucket that
/// moves them to Glacier. Storing a gigabyte costs $0.03 a month in CloudWatch Logs and $0.00099 in Deep Archive.
/// </summary>
public sealed class LogArchive : ComponentResource
{
    private const int ColdAfterDays = 30;
    private const int DeepAfterDays = 180;

    private readonly string _name;
    private readonly LogArchiveArgs _args;

    /// <summary>Declares bucket, stream, subscriptions and the alarm.</summary>
    /// <exception cref="ArgumentException">Days out of range.</exception>
    public LogArchive(string name, LogArchiveArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:LogArchive", name, args, options)
    {
        (_name, _args) = (name, args);
        // Deep Archive bills half a year at least (Amazon S3 user guide, "Storage classes", from memory, 2026-11).
        ComponentArgument.InRange($"LogArchive '{name}'", nameof(args.KeepDays), args.KeepDays, DeepAfterDays + 1, 3650);
        var bucket = CreateBucket();
        var stream = CreateStream(bucket);
        Subscribe(stream);
        Watch(stream);
        RegisterOutputs();
    }

    private CustomResourceOptions Child => new() { Parent = this };

    private PrivateBucket CreateBucket() => new(_name, new PrivateBucketSettings
    {
        BucketName = $"{_args.NamePrefix}-log-archive-{_args.AccountId}-{_args.Region}",
        KeyArn = _args.KeyArn,
        Life = new ObjectLife("logs", KeepReplacedDays: 30)
        {
            Moves = [(ColdAfterDays, "GLACIER_IR"), (DeepAfterDays, "DEEP_ARCHIVE")],
            DeleteAfterDays = _args.KeepDays,
        },
        LogBucket = _args.LogBucket,
    }, this);

    private Aws.Kinesis.FirehoseDeliveryStream CreateStream(PrivateBucket bucket)
    {
        var role = new Aws.Iam.Role($"{_name}-writer", new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = TrustPolicy.ForService("firehose.amazonaws.com", new PolicyCondition("StringEquals", "aws:SourceAccount", _args.AccountId)),
        }, Child);
        var policy = new Aws.Iam.RolePolicy($"{_name}-writer", new Aws.Iam.RolePolicyArgs
        {
            Role = role.Name,
            Policy = PolicyDocument.Json(
                new PolicyStatement { Sid = "FindBucket", Actions = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], Resources = { bucket.Arn } },
                new PolicyStatement { Sid = "WriteArchive", Actions = ["s3:AbortMultipartUpload", "s3:PutObject"], Resources = { Output.Format($"{bucket.Arn}/*") } },
                new PolicyStatement { Sid = "EncryptArchive", Actions = ["kms:Decrypt", "kms:GenerateDataKey"], Resources = { _args.KeyArn } }),
        }, Child);
        return new Aws.Kinesis.FirehoseDeliveryStream(_name, new Aws.Kinesis.FirehoseDeliveryStreamArgs
        {
            Name = $"{_args.NamePrefix}-log-archive",
            Destination = "extended_s3",
            ServerSideEncryption = new FirehoseDeliveryStreamServerSideEncryptionArgs { Enabled = true, KeyType = "AWS_OWNED_CMK" },
            ExtendedS3Configuration = new FirehoseDeliveryStreamExtendedS3ConfigurationArgs
            {
                BucketArn = bucket.Arn,
                RoleArn = role.Arn,
                Prefix = "logs/!{timestamp:yyyy/MM/dd/HH}/",
                ErrorOutputPrefix = "failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
                // CloudWatch Logs sends what it sends compressed already; compressing again would nest it
                // (CloudWatch Logs user guide, "Subscriptions with Firehose", from memory, 2026-11).
                CompressionFormat = "UNCOMPRESSED",
                FileExtension = ".gz",
                BufferingInterval = 900,
                BufferingSize = 64,
                KmsKeyArn = _args.KeyArn,
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = { policy } });
    }

    private void Subscribe(Aws.Kinesis.FirehoseDeliveryStream stream)
    {
        var role = new Aws.Iam.Role($"{_name}-sender", new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = TrustPolicy.ForService("logs.amazonaws.com",
                new PolicyCondition("ArnLike", "aws:SourceArn", $"arn:aws:logs:{_args.Region}:{_args.AccountId}:*")),
        }, Child);
        var policy = new Aws.Iam.RolePolicy($"{_name}-sender", new Aws.Iam.RolePolicyArgs
        {
            Role = role.Name,
            Policy = PolicyDocument.Json(new PolicyStatement
            {
                Sid = "SendToArchive",
                Actions = ["firehose:PutRecord", "firehose:PutRecordBatch"],
                Resources = { stream.Arn },
            }),
        }, Child);
        foreach (var (group, logGroup) in _args.Groups)
        {
            _ = new Aws.CloudWatch.LogSubscriptionFilter($"{_name}-{group}", new Aws.CloudWatch.LogSubscriptionFilterArgs
            {
                Name = $"{_args.NamePrefix}-archive",
                LogGroup = logGroup,
                FilterPattern = "",
                DestinationArn = stream.Arn,
                RoleArn = role.Arn,
            }, new CustomResourceOptions { Parent = this, DependsOn = { policy } });
        }
    }

    private void Watch(Aws.Kinesis.FirehoseDeliveryStream stream) => _ = new Aws.CloudWatch.MetricAlarm($"{_name}-behind", new Aws.CloudWatch.MetricAlarmArgs
    {
        Name = $"{_args.NamePrefix}-log-archive-behind",
        AlarmDescription = "Logs have waited for the archive for more than an hour; Firehose drops them after a day",
        Namespace = "AWS/Firehose",
        MetricName = "DeliveryToS3.DataFreshness",
        Dimensions = { ["DeliveryStreamName"] = stream.Name },
        Statistic = "Maximum",
        Period = 300,
        EvaluationPeriods = 1,
        Threshold = 3600,
        ComparisonOperator = "GreaterThanThreshold",
        TreatMissingData = "notBreaching",
        AlarmActions = { _args.TopicArn },
        OkActions = { _args.TopicArn },
    }, Child);
}
