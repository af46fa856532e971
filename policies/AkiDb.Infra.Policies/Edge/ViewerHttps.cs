using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>Viewers talk TLS.</summary>
internal sealed class ViewerHttps() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-viewer-https", Severity.High,
        title: "Every behaviour redirects viewers to HTTPS or takes nothing else",
        why: "Queries and keys sent over plain HTTP can be read and changed on the way.",
        fix: "Set viewerProtocolPolicy to redirect-to-https or https-only.",
        frameworks: ["CKV_AWS_34", "CloudFront.3"]);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution) => Distribution.Behaviours(distribution)
        .Select(path => distribution.Must($"{path}.viewerProtocolPolicy", Is.AnyOf("redirect-to-https", "https-only"), "redirect-to-https or https-only"));
}
