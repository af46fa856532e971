using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Storage;

/// <summary>One region's bucket of a <see cref="ModelStore"/>: encrypted by a key of its own, with old versions and cold models moved on by rule.</summary>
internal sealed class ModelBucket : ComponentResource
{
    private readonly PrivateBucket _bucket;

    public ModelBucket(string name, ModelStoreLocation location, ModelStoreArgs args, ComponentResourceOptions options)
        : base("akidb:storage:ModelBucket", name, options)
    {
        Key = new EncryptionKey($"{name}-key", new EncryptionKeyArgs
        {
            AccountId = args.AccountId,
            Alias = $"{args.NamePrefix}/models",
            Purpose = $"Models of {args.NamePrefix} in {location.Region}",
        }, new ComponentResourceOptions { Parent = this });
        _bucket = new PrivateBucket(name, new PrivateBucketSettings
        {
            BucketName = $"{args.NamePrefix}-models-{args.AccountId}-{location.Region}",
            KeyArn = Key.Arn,
            Life = new ObjectLife("models", args.KeepOldVersionsDays) { Moves = [(args.ColdAfterDays, "GLACIER_IR")] },
            LogBucket = location.LogBucket,
        }, this);
        RegisterOutputs();
    }

    public EncryptionKey Key { get; }

    public Aws.S3.BucketVersioning Versioning => _bucket.Versioning;

    public Output<string> Id => _bucket.Id;

    public Output<string> Arn => _bucket.Arn;
}
