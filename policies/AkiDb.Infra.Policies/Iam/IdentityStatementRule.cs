using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>A rule about each Allow statement that gives an identity permissions.</summary>
internal abstract class IdentityStatementRule() : ResourceRule([.. PolicyDocuments.Identity.Keys])
{
    /// <summary>What a statement should look like.</summary>
    protected abstract string Wanted { get; }

    /// <summary>What is wrong with an Allow statement, or null.</summary>
    protected abstract string? FaultOf(IamStatement statement);

    /// <inheritdoc/>
    protected override IEnumerable<Finding?> Check(PlannedResource resource) => PolicyDocuments.IdentityPaths(resource).SelectMany(path =>
        IamDocument.Read(resource.Input(path)) is { } document
            ? document.Statements.Where(statement => statement.IsAllow)
                .Select(statement => (statement.Label, Fault: FaultOf(statement)))
                .Where(entry => entry.Fault is not null)
                .Select(entry => (Finding?)new Violation(resource, path, $"{entry.Label}: {entry.Fault}", Wanted))
            : [new NotApplicableYet(resource, path)]);

    /// <summary>Those of <paramref name="actions"/> that a statement allows on every resource without a condition.</summary>
    protected static IReadOnlyList<string> UnboundActions(IamStatement statement, IEnumerable<string> actions) =>
        statement.CoversEveryResource && !statement.IsConstrained ? [.. actions.Where(statement.Covers)] : [];

    /// <summary>A few of many names in a sentence.</summary>
    protected static string Some(IReadOnlyList<string> names) =>
        names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";
}
