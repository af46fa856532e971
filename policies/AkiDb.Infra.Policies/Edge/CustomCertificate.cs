using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>The name that viewers see is ours.</summary>
internal sealed class CustomCertificate() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-custom-certificate", Severity.Medium,
        title: "Distributions use their own certificate, by SNI",
        why: "CloudFront's certificate allows old TLS and ties clients to a cloudfront.net name; a dedicated address costs $600 a month.",
        fix: "Set viewerCertificate.acmCertificateArn (in us-east-1) and sslSupportMethod to sni-only.",
        frameworks: ["CKV2_AWS_42", "CloudFront.7", "CloudFront.8"]);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution) =>
    [
        distribution.Must("viewerCertificate.acmCertificateArn", Is.Present, "the ARN of an ACM certificate"),
        distribution.Must("viewerCertificate.sslSupportMethod", Is.AnyOf("sni-only"), "sni-only"),
    ];
}
