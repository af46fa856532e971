namespace AkiDb.Infra.Policies.Edge;

/// <summary>What the edge served is written down.</summary>
internal sealed class EdgeAccessLogs : StackRule
{
    public override RuleAbout About { get; } = new("cloudfront-access-logs", Severity.Medium,
        title: "Distributions write access logs",
        why: "Abuse, cache misses and broken clients cannot be found in metrics that count only.",
        fix: "Declare an aws:cloudwatch/logDeliverySource:LogDeliverySource for the distribution (standard logging v2), or loggingConfig.",
        frameworks: ["CKV_AWS_86", "CloudFront.5"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType(Distribution.Token).Select(distribution => distribution.Must(
        distribution.Is("loggingConfig.bucket", Is.Present)
            .Or(plan.LinkedTo(distribution, "aws:cloudwatch/logDeliverySource:LogDeliverySource", "resourceArn", "arn").Select(link => link.Belongs).Any()),
        "loggingConfig", "no log delivery", "standard logging v2 or loggingConfig"));
}
