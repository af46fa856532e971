using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>No bucket can be made public, on purpose or by mistake.</summary>
internal sealed class BucketPublicAccessBlocked() : BucketCompanion("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "one with all four switches on")
{
    private static readonly string[] Switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

    public override RuleAbout About { get; } = new("s3-public-access-blocked", Severity.Critical,
        title: "Every bucket blocks public access, all four ways",
        why: "One grant in a policy or an object's ACL otherwise opens it, and nobody notices.",
        fix: "Declare an aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock with all four flags true.",
        frameworks: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV2_AWS_6", "S3.8"]);

    protected override IEnumerable<Finding?> Check(PlanView plan, PlannedResource bucket, PlannedResource companion) =>
        Switches.Select(flag => companion.Must(flag, Is.True, "true"));
}
