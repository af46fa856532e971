using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Functions;

/// <summary>Function URLs answer signed requests only.</summary>
internal sealed class FunctionUrlSigned() : ResourceRule("aws:lambda/functionUrl:FunctionUrl")
{
    public override RuleAbout About { get; } = new("lambda-url-signed", Severity.Critical,
        title: "Function URLs demand IAM authorization",
        why: "A URL without it runs our model for anyone who finds it, at our cost and past CloudFront's firewall.",
        fix: "Set authorizationType to AWS_IAM and let CloudFront sign by origin access control.",
        frameworks: ["CKV_AWS_258"]);

    protected override IEnumerable<Finding?> Check(PlannedResource url) => [url.Must("authorizationType", Is.AnyOf("AWS_IAM"), "AWS_IAM")];
}
