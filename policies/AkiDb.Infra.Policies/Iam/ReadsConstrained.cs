namespace AkiDb.Infra.Policies.Iam;

/// <summary>Reads, too, name what they read.</summary>
internal sealed class ReadsConstrained : IdentityStatementRule
{
    public override RuleAbout About { get; } = new("iam-reads-constrained", Severity.Low,
        title: "Statements that read name their resources where AWS can",
        why: "A program that may look at everything tells an intruder where to go next.",
        fix: "Name the resources. Actions that AWS cannot scope (ec2:Describe*, pricing:*) are known and let through.",
        frameworks: ["CKV_AWS_356"],
        level: EnforcementLevel.Advisory);

    protected override string Wanted => "named resources, or a condition";

    protected override string? FaultOf(IamStatement statement) =>
        statement.CoversEveryResource && !statement.IsConstrained
        && statement.Actions.Where(action => ActionKind.IsRead(action) && !ActionKind.IsUnscopable(action)).ToList() is { Count: > 0 } reads
            ? $"{Some(reads)} on every resource"
            : null;
}
