namespace AkiDb.Infra.Policies.Iam;

/// <summary>Only named roles are handed on.</summary>
internal sealed class PassRoleScoped : IdentityStatementRule
{
    public override RuleAbout About { get; } = new("iam-pass-role-scoped", Severity.Critical,
        title: "iam:PassRole names the roles",
        why: "Who may pass any role to a service may run code as any role, an administrator's too; a condition on the service does not change that.",
        fix: "Put the ARNs of the roles into Resource; add iam:PassedToService as well.",
        frameworks: ["iam_policy_no_wildcard_resource_on_passrole"]);

    protected override string Wanted => "the ARNs of the roles";

    protected override string? FaultOf(IamStatement statement) => !statement.Covers("iam:PassRole") ? null
        : statement.CoversEveryResource ? "iam:PassRole on every role"
        : statement.Resources.FirstOrDefault(resource => resource.EndsWith(":role/*", StringComparison.Ordinal)) is { } wide ? $"iam:PassRole on {wide}" : null;
}
