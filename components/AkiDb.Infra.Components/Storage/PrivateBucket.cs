using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Aws.S3.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Storage;

/// <summary>What differs between buckets.</summary>
internal sealed record PrivateBucketSettings
{
    /// <summary>Name, unique among all accounts of AWS.</summary>
    public required Input<string> BucketName { get; init; }

    /// <summary>ARN of the key that encrypts objects; null for S3's own.</summary>
    public required Input<string>? KeyArn { get; init; }

    /// <summary>What happens to objects with time.</summary>
    public required ObjectLife Life { get; init; }

    /// <summary>What the bucket's policy allows, given its ARN.</summary>
    public Func<Output<string>, ImmutableArray<PolicyStatement>> Allowed { get; init; } = _ => [];

    /// <summary>Bucket that gets the access log; null for none.</summary>
    public Input<string>? LogBucket { get; init; }

    /// <summary>Whether Pulumi refuses to delete it.</summary>
    public bool IsProtected { get; init; }
}

/// <summary>A bucket as all of ours are: versioned, encrypted, tidied by rule, closed to the public, to ACLs and to plain HTTP.</summary>
internal sealed class PrivateBucket
{
    private readonly string _name;
    private readonly Aws.S3.Bucket _bucket;
    private readonly CustomResourceOptions _child;

    /// <summary>Declares the bucket and its settings as children of <paramref name="parent"/>, named after <paramref name="name"/>.</summary>
    public PrivateBucket(string name, PrivateBucketSettings settings, Resource parent)
    {
        (_name, _child) = (name, new CustomResourceOptions { Parent = parent });
        _bucket = new Aws.S3.Bucket(name, new Aws.S3.BucketArgs { BucketName = settings.BucketName },
            new CustomResourceOptions { Parent = parent, Protect = settings.IsProtected ? true : null });
        Versioning = new Aws.S3.BucketVersioning($"{name}-versions", new Aws.S3.BucketVersioningArgs
        {
            Bucket = _bucket.Id,
            VersioningConfiguration = new BucketVersioningVersioningConfigurationArgs { Status = "Enabled" },
        }, _child);
        Encrypt(settings.KeyArn);
        Policy = Close(settings.Allowed(_bucket.Arn));
        _ = new Aws.S3.BucketLifecycleConfiguration($"{name}-lifecycle", new Aws.S3.BucketLifecycleConfigurationArgs
        {
            Bucket = _bucket.Id,
            Rules = { settings.Life.ToRule() },
            // A rule on old versions is refused until versions are on.
        }, new CustomResourceOptions { Parent = parent, DependsOn = { Versioning } });
        if (settings.LogBucket is { } logBucket)
            LogAccess(logBucket);
    }

    /// <summary>Name.</summary>
    public Output<string> Id => _bucket.Id;

    /// <summary>ARN.</summary>
    public Output<string> Arn => _bucket.Arn;

    /// <summary>That versions are kept.</summary>
    public Aws.S3.BucketVersioning Versioning { get; }

    /// <summary>The bucket's policy, declared after the block of public access.</summary>
    public Aws.S3.BucketPolicy Policy { get; }

    private void Encrypt(Input<string>? keyArn)
    {
        var rule = keyArn is null
            ? new BucketServerSideEncryptionConfigurationRuleArgs
            {
                ApplyServerSideEncryptionByDefault =
                    new BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs { SseAlgorithm = "AES256" },
            }
            : new BucketServerSideEncryptionConfigurationRuleArgs
            {
                ApplyServerSideEncryptionByDefault = new BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs
                {
                    SseAlgorithm = "aws:kms",
                    KmsMasterKeyId = keyArn,
                },
                // One KMS call for many objects instead of one each.
                BucketKeyEnabled = true,
            };
        _ = new Aws.S3.BucketServerSideEncryptionConfiguration($"{_name}-encryption", new Aws.S3.BucketServerSideEncryptionConfigurationArgs
        {
            Bucket = _bucket.Id,
            Rules = { rule },
        }, _child);
    }

    private Aws.S3.BucketPolicy Close(ImmutableArray<PolicyStatement> allowed)
    {
        var block = new Aws.S3.BucketPublicAccessBlock($"{_name}-private", new Aws.S3.BucketPublicAccessBlockArgs
        {
            Bucket = _bucket.Id,
            BlockPublicAcls = true,
            BlockPublicPolicy = true,
            IgnorePublicAcls = true,
            RestrictPublicBuckets = true,
        }, _child);
        _ = new Aws.S3.BucketOwnershipControls($"{_name}-ownership", new Aws.S3.BucketOwnershipControlsArgs
        {
            Bucket = _bucket.Id,
            Rule = new BucketOwnershipControlsRuleArgs { ObjectOwnership = "BucketOwnerEnforced" },
        }, _child);
        return new Aws.S3.BucketPolicy($"{_name}-policy", new Aws.S3.BucketPolicyArgs
        {
            Bucket = _bucket.Id,
            Policy = PolicyDocument.Json([DenyPlainHttp(), .. allowed]),
            // S3 changes a bucket's policy and its public-access block one at a time; together they conflict.
        }, new CustomResourceOptions { Parent = _child.Parent, DependsOn = { block } });
    }

    private PolicyStatement DenyPlainHttp() => new()
    {
        Sid = "DenyPlainHttp",
        Effect = PolicyEffect.Deny,
        Actions = ["s3:*"],
        Resources = { _bucket.Arn, Output.Format($"{_bucket.Arn}/*") },
        Principals = [PolicyPrincipal.Everyone],
        Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
    };

    private void LogAccess(Input<string> logBucket) => _ = new Aws.S3.BucketLogging($"{_name}-logging", new Aws.S3.BucketLoggingArgs
    {
        Bucket = _bucket.Id,
        TargetBucket = logBucket,
        TargetPrefix = $"{LogBucket.BucketPrefix}/{_name}/",
    }, _child);
}
