using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>Buckets behind CloudFront answer only CloudFront.</summary>
internal sealed class BucketOriginAccessControl() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-bucket-origin-access-control", Severity.High,
        title: "S3 origins use an origin access control",
        why: "Without it the bucket must be public; the older origin access identity cannot read KMS-encrypted objects.",
        fix: "Set originAccessControlId on the origin.",
        frameworks: ["CKV2_AWS_46", "CloudFront.13"]);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution) => distribution.Items("origins").Select(path => distribution.Must(
        Distribution.IsBucket(distribution, path).Not().Or(distribution.Is($"{path}.originAccessControlId", Is.Present)),
        $"{path}.originAccessControlId", "absent", "the id of an origin access control"));
}
