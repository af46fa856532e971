using System.Collections.Immutable;
using Pulumi.Aws.S3.Inputs;

namespace AkiDb.Infra.Components.Storage;

/// <summary>What happens to a bucket's objects with time.</summary>
/// <param name="RuleId">Name of the lifecycle rule.</param>
/// <param name="KeepReplacedDays">Days for which an object that was overwritten or deleted can still be had back.</param>
internal sealed record ObjectLife(string RuleId, int KeepReplacedDays)
{
    private const int DaysOfHalfUploads = 7;

    /// <summary>Cheaper storage classes and the age from which on they hold an object.</summary>
    public ImmutableArray<(int AfterDays, string StorageClass)> Moves { get; init; } = [];

    /// <summary>Age at which an object is deleted; null for never.</summary>
    public int? DeleteAfterDays { get; init; }

    /// <summary>The rule that says so.</summary>
    public BucketLifecycleConfigurationRuleArgs ToRule()
    {
        var rule = new BucketLifecycleConfigurationRuleArgs
        {
            Id = RuleId,
            Status = "Enabled",
            Filter = new BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
            NoncurrentVersionExpiration = new BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs { NoncurrentDays = KeepReplacedDays },
            AbortIncompleteMultipartUpload = new BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs { DaysAfterInitiation = DaysOfHalfUploads },
        };
        foreach (var (days, storageClass) in Moves)
            rule.Transitions.Add(new BucketLifecycleConfigurationRuleTransitionArgs { Days = days, StorageClass = storageClass });

        if (DeleteAfterDays is { } age)
            rule.Expiration = new BucketLifecycleConfigurationRuleExpirationArgs { Days = age };

        return rule;
    }
}
