using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>What was overwritten can be had back.</summary>
internal sealed class BucketVersioned() : BucketCompanion("aws:s3/bucketVersioning:BucketVersioning", "one that is enabled")
{
    public override RuleAbout About { get; } = new("s3-versioned", Severity.Medium,
        title: "Every bucket keeps versions",
        why: "A model that was overwritten or deleted by a broken job is otherwise gone, and replication is refused.",
        fix: "Declare an aws:s3/bucketVersioning:BucketVersioning with status Enabled.",
        frameworks: ["CKV_AWS_21"]);

    // Access logs are written once and expire; a version of one is never wanted.
    protected override bool IsMeant(PlanView plan, PlannedResource bucket) => !LogBuckets.IsLogTarget(plan, bucket);

    protected override IEnumerable<Finding?> Check(PlanView plan, PlannedResource bucket, PlannedResource companion) =>
        [companion.Must("versioningConfiguration.status", Is.AnyOf("Enabled"), "Enabled")];
}
