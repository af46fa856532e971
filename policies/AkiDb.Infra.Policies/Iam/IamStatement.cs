using System.Collections.Immutable;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>One statement of an IAM policy document.</summary>
internal sealed record IamStatement
{
    /// <summary>Its Sid, or its position such as "statement 2".</summary>
    public required string Label { get; init; }

    /// <summary>Allow rather than Deny.</summary>
    public required bool IsAllow { get; init; }

    /// <summary>Patterns of Action; empty where NotAction is used.</summary>
    public ImmutableArray<string> Actions { get; init; } = [];

    /// <summary>Patterns of NotAction: everything but these.</summary>
    public ImmutableArray<string> NotActions { get; init; } = [];

    /// <summary>Patterns of Resource; empty in trust policies.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>Patterns of NotResource.</summary>
    public ImmutableArray<string> NotResources { get; init; } = [];

    /// <summary>Principals by kind (AWS, Service, Federated, *), one entry each.</summary>
    public ImmutableArray<(string Kind, string Value)> Principals { get; init; } = [];

    /// <summary>True where NotPrincipal is used: everyone but.</summary>
    public bool HasNotPrincipal { get; init; }

    /// <summary>Lines of Condition; all must hold.</summary>
    public ImmutableArray<IamCondition> Conditions { get; init; } = [];

    /// <summary>True if a condition holds something back.</summary>
    public bool IsConstrained => Conditions.Any(condition => !condition.IsVacuous);

    /// <summary>True if every action of AWS is meant.</summary>
    public bool CoversEveryAction => Actions.Any(action => action is "*" or "*:*") || !NotActions.IsEmpty;

    /// <summary>True if any resource is meant.</summary>
    public bool CoversEveryResource => Resources.Any(resource => resource.Trim('*').Length == 0) || !NotResources.IsEmpty;

    /// <summary>True if anyone at all is a principal.</summary>
    public bool IsForAnyone => HasNotPrincipal || Principals.Any(principal => principal is { Kind: "*" or "AWS", Value: "*" });

    /// <summary>True if the statement's actions take in <paramref name="action"/>, e.g. <c>iam:PassRole</c>.</summary>
    public bool Covers(string action) => NotActions.IsEmpty
        ? Actions.Any(pattern => Wildcard.Matches(pattern, action, ignoreCase: true))
        : !NotActions.Any(pattern => Wildcard.Matches(pattern, action, ignoreCase: true));
}
