using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>The root of a site is a page, not a listing.</summary>
internal sealed class DefaultRootObject() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-default-root-object", Severity.Medium,
        title: "Distributions whose default origin is a bucket have a default root object",
        why: "A request for the root would otherwise list the bucket, or fail with an error that tells its name.",
        fix: "Set defaultRootObject, e.g. index.html.",
        frameworks: ["CKV_AWS_305", "CloudFront.1"]);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution)
    {
        var target = distribution.Input("defaultCacheBehavior.targetOriginId");
        var isBucket = distribution.Items("origins")
            .Where(path => distribution.Input($"{path}.originId") is not TextValue id || target is not TextValue || id.Equals(target))
            .Select(path => Distribution.IsBucket(distribution, path)).Any();
        return [distribution.Must(isBucket.Not().Or(distribution.Is("defaultRootObject", Is.Present)), "defaultRootObject", "absent", "a page, e.g. index.html")];
    }
}
