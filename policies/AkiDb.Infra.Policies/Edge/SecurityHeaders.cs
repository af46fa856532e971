using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>Every response carries the headers that browsers act on.</summary>
internal sealed class SecurityHeaders() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-security-headers", Severity.Medium,
        title: "Every behaviour has a response-headers policy",
        why: "Without it no HSTS is sent, and the first request of a session can be kept on HTTP.",
        fix: "Set responseHeadersPolicyId on the behaviour.",
        frameworks: ["CKV2_AWS_32"]);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution) => Distribution.Behaviours(distribution)
        .Select(path => distribution.Must($"{path}.responseHeadersPolicyId", Is.Present, "the id of a response-headers policy"));
}
