using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>Access is said in one place: policies.</summary>
internal sealed class BucketAclsOff() : BucketCompanion("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "one with BucketOwnerEnforced")
{
    public override RuleAbout About { get; } = new("s3-acls-off", Severity.Medium,
        title: "Every bucket has ACLs turned off",
        why: "An ACL on a single object grants access that no policy shows.",
        fix: "Declare an aws:s3/bucketOwnershipControls:BucketOwnershipControls with BucketOwnerEnforced.",
        frameworks: ["CKV2_AWS_65", "S3.12"]);

    protected override IEnumerable<Finding?> Check(PlanView plan, PlannedResource bucket, PlannedResource companion) =>
        [companion.Must("rule.objectOwnership", Is.AnyOf("BucketOwnerEnforced"), "BucketOwnerEnforced")];
}
