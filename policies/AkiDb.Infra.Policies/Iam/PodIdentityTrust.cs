using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>Pod Identity can use the roles that are meant for it.</summary>
internal sealed class PodIdentityTrust() : ResourceRule("aws:iam/role:Role")
{
    private static readonly string[] Wanted = ["sts:AssumeRole", "sts:TagSession"];

    public override RuleAbout About { get; } = new("pod-identity-trust", Severity.Medium,
        title: "Roles for pods allow both sts:AssumeRole and sts:TagSession",
        why: "EKS Pod Identity needs both; with one of them the pod starts and gets no credentials.",
        fix: "Trust pods.eks.amazonaws.com with both actions, and with aws:SourceArn of the cluster.");

    protected override IEnumerable<Finding?> Check(PlannedResource role)
    {
        var statements = IamDocument.Read(role.Input("assumeRolePolicy"))?.Statements
            .Where(statement => statement.IsAllow && statement.Principals.Contains(("Service", "pods.eks.amazonaws.com"))).ToList();
        if (statements is not { Count: > 0 })
            return [];
        return Wanted.Select(action => role.Must(
            TruthLogic.Of(statements.Any(statement => statement.Covers(action))), "assumeRolePolicy", $"no {action} for pods.eks.amazonaws.com", action));
    }
}
