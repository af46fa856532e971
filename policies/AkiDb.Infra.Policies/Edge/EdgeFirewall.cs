using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>A firewall stands before the edge.</summary>
internal sealed class EdgeFirewall() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-waf", Severity.High,
        title: "Distributions have a web ACL",
        why: "Without one nothing limits how fast one client may run up embedding costs.",
        fix: "Set webAclId to a WAFv2 web ACL of scope CLOUDFRONT.",
        frameworks: ["CKV_AWS_68", "CloudFront.6"]);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution) =>
        [distribution.Must("webAclId", Is.Present, "the ARN of a WAFv2 web ACL")];
}
