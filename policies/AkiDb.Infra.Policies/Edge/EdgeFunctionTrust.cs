using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Iam;

namespace AkiDb.Infra.Policies.Edge;

/// <summary>Both services that run an edge function may take its role.</summary>
internal sealed class EdgeFunctionTrust() : ResourceRule("aws:iam/role:Role")
{
    public override RuleAbout About { get; } = new("edge-function-trust", Severity.Medium,
        title: "Roles of Lambda@Edge functions trust lambda and edgelambda",
        why: "CloudFront checks both when the function is associated, and fails the deployment where one is missing.",
        fix: "Name lambda.amazonaws.com and edgelambda.amazonaws.com as principals.");

    protected override IEnumerable<Finding?> Check(PlannedResource role)
    {
        var services = IamDocument.Read(role.Input("assumeRolePolicy"))?.Statements.Where(statement => statement.IsAllow)
            .SelectMany(statement => statement.Principals).Where(principal => principal.Kind == "Service").Select(principal => principal.Value).ToHashSet();
        return services is null || !services.Contains("edgelambda.amazonaws.com")
            ? []
            : [role.Must(TruthLogic.Of(services.Contains("lambda.amazonaws.com")), "assumeRolePolicy", "edgelambda.amazonaws.com alone", "lambda.amazonaws.com as well")];
    }
}
