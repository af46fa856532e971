using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>Viewers talk TLS 1.2 or newer.</summary>
internal sealed class ViewerTls12() : ResourceRule(Distribution.Token)
{
    public override RuleAbout About { get; } = new("cloudfront-viewer-tls12", Severity.High,
        title: "Distributions accept TLS 1.2 or newer only",
        why: "Older versions have known breaks; CloudFront's own certificate accepts TLS 1.0.",
        fix: "Set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021 or newer, with a certificate of your own.",
        frameworks: ["CKV_AWS_174", "CloudFront.15"]);

    protected override IEnumerable<Finding?> Check(PlannedResource distribution) =>
    [
        distribution.Must("viewerCertificate.minimumProtocolVersion",
            Is.Text(version => version.StartsWith("TLSv1.2", StringComparison.Ordinal) || version.StartsWith("TLSv1.3", StringComparison.Ordinal)),
            "TLSv1.2_2021 or newer"),
    ];
}
