using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>No distribution points at a bucket that anyone could register.</summary>
internal sealed class BucketOriginExists : StackRule
{
    public override RuleAbout About { get; } = new("cloudfront-no-dangling-bucket", Severity.High,
        title: "S3 origins are buckets of this plan",
        why: "Whoever registers the name of a bucket that was deleted serves their own content under our domain.",
        fix: "Point the origin at a bucket that the stack declares, or remove the origin.",
        frameworks: ["CloudFront.12"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan)
    {
        var names = plan.OfType("aws:s3/bucket:Bucket").Select(bucket => bucket.Input("bucket")).ToList();
        var isOpen = names.Any(name => name is not TextValue);
        var known = names.OfType<TextValue>().Select(name => name.Value).ToHashSet();
        return plan.OfType(Distribution.Token).SelectMany(distribution => distribution.Items("origins")
            .Where(path => Distribution.IsBucket(distribution, path) == Truth.Yes)
            .Select(path => distribution.Must($"{path}.domainName",
                domain => Is.Text(text => known.Contains(BucketOf(text)))(domain).Or(isOpen ? Truth.Unknown : Truth.No), "a bucket of this plan")));
    }

    private static string BucketOf(string domain) => domain[..domain.IndexOf(".s3", StringComparison.Ordinal)];
}
