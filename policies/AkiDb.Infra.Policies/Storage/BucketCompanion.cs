using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Storage;

/// <summary>A rule that every bucket must have a companion resource, such as its encryption, in a certain state.</summary>
internal abstract class BucketCompanion(string companion, string wanted) : StackRule
{
    /// <summary>Type of the resources that are judged.</summary>
    public const string Bucket = "aws:s3/bucket:Bucket";

    /// <summary>True if the rule is about this bucket.</summary>
    protected virtual bool IsMeant(PlanView plan, PlannedResource bucket) => true;

    /// <summary>Findings about a companion that belongs to a bucket.</summary>
    protected abstract IEnumerable<Finding?> Check(PlanView plan, PlannedResource bucket, PlannedResource companion);

    /// <inheritdoc/>
    protected sealed override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType(Bucket).Where(bucket => IsMeant(plan, bucket)).SelectMany(bucket =>
    {
        var companions = plan.LinkedTo(bucket, companion, "bucket", "bucket").ToList();
        return companions.Where(link => link.Belongs == Truth.Yes).SelectMany(link => Check(plan, bucket, link.Resource))
            .Append(bucket.Must(companions.Select(link => link.Belongs).Any(), "", $"no {companion}", wanted));
    });
}
