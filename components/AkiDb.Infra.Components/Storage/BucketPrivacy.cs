using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Aws.S3.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Storage;

/// <summary>What closes a bucket: no public access, no ACLs, no plain HTTP.</summary>
internal static class BucketPrivacy
{
    /// <summary>Closes <paramref name="bucket"/>, but for what <paramref name="allowed"/> says.</summary>
    /// <returns>The bucket's policy, the last of the three.</returns>
    public static Aws.S3.BucketPolicy Close(string name, Aws.S3.Bucket bucket, Resource parent, params PolicyStatement[] allowed)
    {
        var child = new CustomResourceOptions { Parent = parent };
        var block = new Aws.S3.BucketPublicAccessBlock($"{name}-private", new Aws.S3.BucketPublicAccessBlockArgs
        {
            Bucket = bucket.Id,
            BlockPublicAcls = true,
            BlockPublicPolicy = true,
            IgnorePublicAcls = true,
            RestrictPublicBuckets = true,
        }, child);
        _ = new Aws.S3.BucketOwnershipControls($"{name}-ownership", new Aws.S3.BucketOwnershipControlsArgs
        {
            Bucket = bucket.Id,
            Rule = new BucketOwnershipControlsRuleArgs { ObjectOwnership = "BucketOwnerEnforced" },
        }, child);
        return new Aws.S3.BucketPolicy($"{name}-policy", new Aws.S3.BucketPolicyArgs
        {
            Bucket = bucket.Id,
            Policy = PolicyDocument.Json([DenyPlainHttp(bucket), .. allowed]),
            // S3 changes a bucket's policy and its public-access block one at a time; together they conflict.
        }, new CustomResourceOptions { Parent = parent, DependsOn = { block } });
    }

    private static PolicyStatement DenyPlainHttp(Aws.S3.Bucket bucket) => new()
    {
        Sid = "DenyPlainHttp",
        Effect = PolicyEffect.Deny,
        Actions = ["s3:*"],
        Resources = { bucket.Arn, Output.Format($"{bucket.Arn}/*") },
        Principals = [PolicyPrincipal.Everyone],
        Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
    };
}
