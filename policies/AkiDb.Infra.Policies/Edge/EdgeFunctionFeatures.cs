namespace AkiDb.Infra.Policies.Edge;

/// <summary>Edge functions use nothing that the edge lacks.</summary>
internal sealed class EdgeFunctionFeatures : StackRule
{
    private static readonly (string Path, string Feature)[] Lacking =
    [
        ("environment.variables", "environment variables"), ("layers", "layers"), ("vpcConfig.subnetIds", "a VPC"), ("deadLetterConfig.targetArn", "a dead-letter queue"),
        ("imageUri", "a container image"), ("kmsKeyArn", "a customer-managed key"), ("fileSystemConfig", "a file system"), ("snapStart", "SnapStart"),
    ];

    public override RuleAbout About { get; } = new("edge-function-supported-features", Severity.High,
        title: "Lambda@Edge functions use no feature that the edge lacks",
        why: "CloudFront refuses functions with environment variables, layers, a VPC, X-Ray, dead letters, images, own keys, more than 512 MB of disk or provisioned concurrency.",
        fix: "Remove the feature; bake settings into the package, measure with EMF instead of X-Ray, and keep warm work in the regional tier.");

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.Edge.All.SelectMany(edge => Lacking
        .Select(lacking => edge.Function.Must(lacking.Path, Is.Absent, $"no {lacking.Feature}"))
        .Append(edge.Function.Must("tracingConfig.mode", Is.AbsentOr(Is.AnyOf("PassThrough")), "no X-Ray tracing"))
        .Append(edge.Function.Must("ephemeralStorage.size", Is.AbsentOr(Is.AtMost(512)), "512 MB"))
        .Append(edge.Function.Must("packageType", Is.AbsentOr(Is.AnyOf("Zip")), "Zip"))
        .Concat(plan.LinkedTo(edge.Function, "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "functionName", "name")
            .Select(link => link.Resource.Must(link.Belongs.Not(), "functionName", "provisioned concurrency for a function at the edge", "none"))));
}
