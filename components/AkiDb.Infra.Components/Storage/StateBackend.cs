using AkiDb.Infra.Components.Identity;
using Pulumi;

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
        var key = new EncryptionKey($"{name}-key", new EncryptionKeyArgs
        {
            AccountId = args.AccountId,
            Alias = "akidb/pulumi",
            Purpose = "Pulumi state and the secrets in it",
        }, new ComponentResourceOptions { Parent = this, Protect = true });
        var bucket = new PrivateBucket(name, new PrivateBucketSettings
        {
            BucketName = $"akidb-pulumi-{args.AccountId}",
            KeyArn = key.Arn,
            Life = new ObjectLife("history", KeepReplacedDays: 365),
            IsProtected = true,
        }, this);

        BucketName = bucket.Id;
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
