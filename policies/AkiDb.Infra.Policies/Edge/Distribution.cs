using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>What rules need to know about a CloudFront distribution.</summary>
internal static class Distribution
{
    public const string Token = "aws:cloudfront/distribution:Distribution";

    /// <summary>Paths of the behaviours: the default one and the ordered ones.</summary>
    public static IEnumerable<string> Behaviours(PlannedResource distribution) =>
        ["defaultCacheBehavior", .. distribution.Items("orderedCacheBehaviors")];

    /// <summary>Whether the origin at <paramref name="path"/> is an S3 bucket.</summary>
    public static Truth IsBucket(PlannedResource distribution, string path) => distribution.Is($"{path}.s3OriginConfig", Is.Present)
        .Or(distribution.Is($"{path}.domainName", Is.Text(domain =>
            domain.EndsWith(".amazonaws.com", StringComparison.Ordinal) && domain.Contains(".s3", StringComparison.Ordinal)
            && !domain.Contains(".s3-website", StringComparison.Ordinal))));
}
