using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>CloudFront talks TLS to origins too.</summary>
internal sealed class OriginTls() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-origin-tls", Severity.High,
        title: "CloudFront reaches custom origins by HTTPS, with TLS 1.2",
        why: "Otherwise the lock in the viewer's browser ends at the edge, and the last part of the way crosses the internet in the clear.",
        fix: "Set customOriginConfig.originProtocolPolicy to https-only and originSslProtocols to [TLSv1.2].",
        frameworks: ["CKV2_AWS_54", "CKV2_AWS_72", "CloudFront.9", "CloudFront.10"]);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution) => distribution.Items("origins")
        .Where(path => distribution.Is($"{path}.customOriginConfig", Is.Absent) != Truth.Yes)
        .SelectMany(path => new[]
        {
            distribution.Must($"{path}.customOriginConfig.originProtocolPolicy", Is.AnyOf("https-only"), "https-only"),
            distribution.Must($"{path}.customOriginConfig.originSslProtocols", Is.ListOf(Is.AnyOf("TLSv1.2")), "TLSv1.2"),
        });
}
