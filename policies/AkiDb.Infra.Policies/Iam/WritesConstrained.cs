namespace AkiDb.Infra.Policies.Iam;

/// <summary>Writes go to named resources.</summary>
internal sealed class WritesConstrained : IdentityStatementRule
{
    public override RuleAbout About { get; } = new("iam-writes-constrained", Severity.High,
        title: "Statements that write name their resources or have a condition",
        why: "A program with one bug, or one stolen token, otherwise changes things that belong to others.",
        fix: "Name the resources, or add a condition on tags or the caller. Actions that AWS cannot scope are known and let through.",
        frameworks: ["CKV_AWS_290", "CKV_AWS_355"]);

    protected override string Wanted => "named resources, or a condition";

    protected override string? FaultOf(IamStatement statement) =>
        statement.CoversEveryResource && !statement.IsConstrained
        && statement.Actions.Where(action => !ActionKind.IsRead(action) && !ActionKind.IsUnscopable(action)).ToList() is { Count: > 0 } writes
            ? $"{Some(writes)} on every resource"
            : null;
}
