using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>Nothing is kept for ever by accident.</summary>
internal sealed class BucketLifecycle() : BucketCompanion("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "one that also aborts unfinished uploads")
{
    public override RuleAbout About { get; } = new("s3-lifecycle", Severity.Low,
        title: "Every bucket has a lifecycle that also aborts unfinished uploads",
        why: "Old versions and the parts of broken uploads cost as much as live data and are seen in no listing.",
        fix: "Declare an aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration with an enabled rule that has abortIncompleteMultipartUpload.",
        frameworks: ["CKV2_AWS_61", "CKV_AWS_300", "S3.10", "S3.13"]);

    protected override IEnumerable<Finding?> Check(PlanView plan, PlannedResource bucket, PlannedResource companion) =>
    [
        companion.Must(
            companion.Items("rules").Select(path => companion.Is($"{path}.status", Is.AnyOf("Enabled"))
                .And(companion.Is($"{path}.abortIncompleteMultipartUpload.daysAfterInitiation", Is.AtLeast(1)))).Any(),
            "rules", "no enabled rule aborts unfinished uploads", "an enabled rule with abortIncompleteMultipartUpload"),
    ];
}
