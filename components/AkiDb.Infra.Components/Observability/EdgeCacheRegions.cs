using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Regions with a regional edge cache of CloudFront: where Lambda@Edge runs for origin events, and so where its logs and
/// metrics land.</summary>
public static class EdgeCacheRegions
{
    /// <summary>All of them (aws.amazon.com/cloudfront/features, "Regional edge caches"; from memory, 2026-11: a region that is missing
    /// here shows as a log group that nobody declared).</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "eu-west-1", "eu-west-2",
        "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ];
}
