using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Storage;

/// <summary>
/// One region's bucket of a <see cref="ModelStore"/>: versioned, encrypted by a key of its own, closed to the public and to
/// plain HTTP, with old versions and cold models moved on by rule.
/// </summary>
internal sealed class ModelBucket : ComponentResource
{
    private readonly string _name;
    private readonly Aws.S3.Bucket _bucket;

    public ModelBucket(string name, ModelStoreLocation location, ModelStoreArgs args, ComponentResourceOptions options)
        : base("akidb:storage:ModelBucket", name, options)
    {
        _name = name;
        Key = new EncryptionKey($"{name}-key", new EncryptionKeyArgs
        {
            AccountId = args.AccountId,
            Alias = $"{args.NamePrefix}/models",
            Purpose = $"Models of {args.NamePrefix} in {location.Region}",
        }, new ComponentResourceOptions { Parent = this });
        _bucket = new Aws.S3.Bucket(name, new Aws.S3.BucketArgs
        {
            BucketName = $"{args.NamePrefix}-models-{args.AccountId}-{location.Region}",
        }, Child());
        Versioning = new Aws.S3.BucketVersioning($"{name}-versions", new Aws.S3.BucketVersioningArgs
        {
            Bucket = _bucket.Id,
            VersioningConfiguration = new Aws.S3.Inputs.BucketVersioningVersioningConfigurationArgs { Status = "Enabled" },
        }, Child());
        Encrypt();
        BucketPrivacy.Close(name, _bucket, this);
        CreateLifecycle(args);
        if (location.LogBucket is not null)
            LogBucket.LogAccess(name, _bucket, location.LogBucket, this);
        RegisterOutputs();
    }

    public EncryptionKey Key { get; }

    public Aws.S3.BucketVersioning Versioning { get; }

    public Output<string> Id => _bucket.Id;

    public Output<string> Arn => _bucket.Arn;

    private void Encrypt() => _ = new Aws.S3.BucketServerSideEncryptionConfiguration($"{_name}-encryption",
        new Aws.S3.BucketServerSideEncryptionConfigurationArgs
        {
            Bucket = _bucket.Id,
            Rules =
            {
                new Aws.S3.Inputs.BucketServerSideEncryptionConfigurationRuleArgs
                {
                    ApplyServerSideEncryptionByDefault =
                        new Aws.S3.Inputs.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs
                        {
                            SseAlgorithm = "aws:kms",
                            KmsMasterKeyId = Key.Arn,
                        },
                    // One KMS call for many objects instead of one each.
                    BucketKeyEnabled = true,
                },
            },
        }, Child());

    private void CreateLifecycle(ModelStoreArgs args) =>
        _ = new Aws.S3.BucketLifecycleConfiguration($"{_name}-lifecycle", new Aws.S3.BucketLifecycleConfigurationArgs
        {
            Bucket = _bucket.Id,
            Rules =
            {
                new Aws.S3.Inputs.BucketLifecycleConfigurationRuleArgs
                {
                    Id = "models",
                    Status = "Enabled",
                    Filter = new Aws.S3.Inputs.BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
                    Transitions =
                    {
                        new Aws.S3.Inputs.BucketLifecycleConfigurationRuleTransitionArgs
                        {
                            Days = args.ColdAfterDays,
                            StorageClass = "GLACIER_IR",
                        },
                    },
                    NoncurrentVersionExpiration = new Aws.S3.Inputs.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs
                    {
                        NoncurrentDays = args.KeepOldVersionsDays,
                    },
                    AbortIncompleteMultipartUpload = new Aws.S3.Inputs.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs
                    {
                        DaysAfterInitiation = 7,
                    },
                },
            },
            // The rule on old versions is refused until versions are on.
        }, new CustomResourceOptions { Parent = this, DependsOn = { Versioning } });

    private CustomResourceOptions Child() => new() { Parent = this };
}
