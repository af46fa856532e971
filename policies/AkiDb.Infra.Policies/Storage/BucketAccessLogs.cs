using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>Who read what is written down.</summary>
internal sealed class BucketAccessLogs() : BucketCompanion("aws:s3/bucketLogging:BucketLogging", "one that names a log bucket")
{
    public override RuleAbout About { get; } = new("s3-access-logs", Severity.Medium,
        title: "Every bucket writes access logs",
        why: "Without them nobody can say which objects a leaked key has read.",
        fix: "Declare an aws:s3/bucketLogging:BucketLogging with a targetBucket in the same region.",
        frameworks: ["CKV_AWS_18", "S3.9"]);

    // A log bucket that logged into itself would never end.
    protected override bool IsMeant(PlanView plan, PlannedResource bucket) => !LogBuckets.IsLogTarget(plan, bucket);

    protected override IEnumerable<Finding?> Check(PlanView plan, PlannedResource bucket, PlannedResource companion) =>
        [companion.Must("targetBucket", Is.Present, "the name of a log bucket")];
}
