using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>Roles are taken by those they are meant for.</summary>
internal sealed class TrustScoped() : ResourceRule("aws:iam/role:Role")
{
    public override RuleAbout About { get; } = new("iam-trust-scoped", Severity.Critical,
        title: "Roles trust named principals, not everyone and not a whole account",
        why: "A role that trusts * is everybody's; one that trusts an account is taken by any identity in it that may assume roles; one that trusts an OIDC provider without a subject, by every repository there.",
        fix: "Name a role, a service, or a federated subject; for an account add a condition such as sts:ExternalId or aws:PrincipalArn.",
        frameworks: ["CKV_AWS_60", "CKV_AWS_61"]);

    protected override IEnumerable<Finding?> Check(PlannedResource role)
    {
        if (IamDocument.Read(role.Input("assumeRolePolicy")) is not { } document)
            return [new NotApplicableYet(role, "assumeRolePolicy")];
        return document.Statements.Where(statement => statement.IsAllow).SelectMany(statement =>
            statement.Principals.Where(principal => IsTooWide(principal, statement)).Select(principal =>
                new Violation(role, "assumeRolePolicy", $"{statement.Label} trusts {principal.Value}", "a named principal, or a condition that says who"))
            .Concat(statement.HasNotPrincipal ? [new Violation(role, "assumeRolePolicy", $"{statement.Label} uses NotPrincipal", "a named principal")] : []));
    }

    private static bool IsTooWide((string Kind, string Value) principal, IamStatement statement) => principal switch
    {
        { Kind: "*" } or { Kind: "AWS", Value: "*" } => true,
        { Kind: "AWS" } => !statement.IsConstrained && (principal.Value.EndsWith(":root", StringComparison.Ordinal) || (principal.Value.Length == 12 && principal.Value.All(char.IsAsciiDigit))),
        { Kind: "Federated" } => !statement.Conditions.Any(condition => condition.Key.EndsWith(":sub", StringComparison.OrdinalIgnoreCase) && !condition.IsVacuous),
        _ => false,
    };
}
