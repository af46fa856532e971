namespace AkiDb.Infra.Policies.Iam;

/// <summary>Nothing may do everything in a service.</summary>
internal sealed class NoServiceWildcard : IdentityStatementRule
{
    public override RuleAbout About { get; } = new("iam-no-service-wildcard", Severity.High,
        title: "No identity may do everything in a service",
        why: "service:* also allows deleting, changing policies, and every action that AWS adds later.",
        fix: "List the actions that the program calls.",
        frameworks: ["IAM.21"]);

    protected override string Wanted => "named actions";

    protected override string? FaultOf(IamStatement statement) =>
        statement.Actions.Where(action => action.EndsWith(":*", StringComparison.Ordinal) || action == "*").ToList() is { Count: > 0 } wild
            ? string.Join(", ", wild)
            : statement.NotActions.IsEmpty ? null : $"everything but {string.Join(", ", statement.NotActions)}";
}
