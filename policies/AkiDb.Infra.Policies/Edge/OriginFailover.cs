using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>Reads survive an origin.</summary>
internal sealed class OriginFailover() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-origin-failover", Severity.Low,
        title: "Distributions have an origin group for reads",
        why: "When the nearest region fails, cached paths fail with it until DNS has moved; POST is never failed over by CloudFront.",
        fix: "Add an origin group of two origins and use it as the target of the behaviours that take GET.",
        frameworks: ["CKV_AWS_310", "CloudFront.4"],
        level: EnforcementLevel.Advisory);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution) =>
        [distribution.Must("originGroups", Is.Present, "an origin group")];
}
