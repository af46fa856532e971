namespace AkiDb.Infra.Policies.Iam;

/// <summary>A rule that certain actions are allowed on named resources or under a condition only.</summary>
internal abstract class UnboundActionsRule : IdentityStatementRule
{
    /// <summary>The actions that the rule is about.</summary>
    protected abstract IReadOnlyList<string> Actions { get; }

    /// <inheritdoc/>
    protected override string Wanted => "named resources, or a condition";

    /// <inheritdoc/>
    protected override string? FaultOf(IamStatement statement) =>
        UnboundActions(statement, Actions) is { Count: > 0 } unbound ? $"{Some(unbound)} on every resource" : null;
}
