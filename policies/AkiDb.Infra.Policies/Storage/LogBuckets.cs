using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>Buckets that take other buckets' access logs; some rules cannot hold for them.</summary>
internal static class LogBuckets
{
    /// <summary>True if another bucket's access logs go to <paramref name="bucket"/>.</summary>
    public static bool IsLogTarget(PlanView plan, PlannedResource bucket) =>
        plan.LinkedTo(bucket, "aws:s3/bucketLogging:BucketLogging", "targetBucket", "bucket").Any(link => link.Belongs != Truth.No
            && plan.Belongs(link.Resource, "bucket", bucket, "bucket") != Truth.Yes);
}
