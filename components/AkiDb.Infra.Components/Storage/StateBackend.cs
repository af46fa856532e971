using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Aws.S3.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Storage;

/// <summary>Settings of a <see cref="StateBackend"/>.</summary>
public sealed class StateBackendArgs : ResourceArgs
{
    /// <summary>The account, 12 digits; part of the bucket's name.</summary>
    public required string AccountId { get; init; }
}

/// <summary>
/// Where Pulumi keeps the stacks' state: a versioned, encrypted, private bucket, and the key that encrypts the secrets in it.
/// Losing it means importing every resource by hand, so both are protected from deletion.
/// </summary>
public sealed class StateBackend : ComponentResource
{
    /// <summary>Declares bucket and key.</summary>
    public StateBackend(string name, StateBackendArgs args, ComponentResourceOptions? options = null)
        : base("akidb:storage:StateBackend", name, args, options)
    {
        var kept = new CustomResourceOptions { Parent = this, Protect = true };
        var child = new CustomResourceOptions { Parent = this };
        var key = new EncryptionKey($"{name}-key", new EncryptionKeyArgs
        {
            AccountId = args.AccountId,
            Alias = "akidb/pulumi",
            Purpose = "Pulumi state and the secrets in it",
        }, new ComponentResourceOptions { Parent = this, Protect = true });
        var bucket = new Aws.S3.Bucket(name, new Aws.S3.BucketArgs { BucketName = $"akidb-pulumi-{args.AccountId}" }, kept);
        _ = new Aws.S3.BucketVersioning($"{name}-versions", new Aws.S3.BucketVersioningArgs
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
                    ApplyServerSideEncryptionByDefault = new BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs
                    {
                        SseAlgorithm = "aws:kms",
                        KmsMasterKeyId = key.Arn,
                    },
                    BucketKeyEnabled = true,
                },
            },
        }, child);
        var closed = BucketPrivacy.Close(name, bucket, this);
        _ = new Aws.S3.BucketLifecycleConfiguration($"{name}-lifecycle", new Aws.S3.BucketLifecycleConfigurationArgs
        {
            Bucket = bucket.Id,
            Rules =
            {
                new BucketLifecycleConfigurationRuleArgs
                {
                    Id = "history",
                    Status = "Enabled",
                    Filter = new BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
                    NoncurrentVersionExpiration = new BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs { NoncurrentDays = 365 },
                    AbortIncompleteMultipartUpload = new BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs { DaysAfterInitiation = 7 },
                },
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = { closed } });

        BucketName = bucket.BucketName;
        BucketArn = bucket.Arn;
        KeyArn = key.Arn;
        RegisterOutputs(new Dictionary<string, object?> { ["bucketName"] = BucketName, ["keyArn"] = KeyArn });
    }

    /// <summary>For <c>pulumi login s3://NAME</c>.</summary>
    public Output<string> BucketName { get; }

    /// <summary>ARN of the bucket.</summary>
    public Output<string> BucketArn { get; }

    /// <summary>For <c>pulumi stack init --secrets-provider</c>.</summary>
    public Output<string> KeyArn { get; }
}
