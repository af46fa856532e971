using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>Browsers remember to use HTTPS.</summary>
internal sealed class StrictTransportSecurity() : ResourceRule("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy")
{
    private const int OneYear = 31_536_000;

    public override RuleAbout About { get; } = new("cloudfront-hsts", Severity.Medium,
        title: "Response-headers policies send HSTS for a year",
        why: "A shorter time ends between two visits, and the next visit can be kept on HTTP.",
        fix: "Set securityHeadersConfig.strictTransportSecurity with accessControlMaxAgeSec of at least 31536000 and override true.",
        frameworks: ["CKV_AWS_259"]);

    protected override IEnumerable<Finding?> Check(PlannedResource policy) =>
    [
        policy.Must("securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec", Is.AtLeast(OneYear), "31536000 seconds or more"),
        policy.Must("securityHeadersConfig.strictTransportSecurity.override", Is.True, "true"),
    ];
}
