using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Identity;

/// <summary>Whether a statement allows or denies.</summary>
public enum PolicyEffect
{
    /// <summary>Allows, unless another statement denies.</summary>
    Allow,

    /// <summary>Denies, whatever else allows.</summary>
    Deny,
}

/// <summary>One statement of a <see cref="PolicyDocument"/>.</summary>
public sealed class PolicyStatement
{
    /// <summary>Its name within the document: letters and digits.</summary>
    public required string Sid { get; init; }

    /// <summary>Default: allow.</summary>
    public PolicyEffect Effect { get; init; } = PolicyEffect.Allow;

    /// <summary>Actions such as <c>s3:GetObject</c>.</summary>
    public required ImmutableArray<string> Actions { get; init; }

    /// <summary>ARNs it speaks of. Leave empty in trust policies, which have none.</summary>
    public InputList<string> Resources { get; init; } = new();

    /// <summary>Who it speaks of; only in trust policies and policies on a resource.</summary>
    public ImmutableArray<PolicyPrincipal> Principals { get; init; } = [];

    /// <summary>All of these must hold.</summary>
    public ImmutableArray<PolicyCondition> Conditions { get; init; } = [];

    internal Output<Resolved> Resolve()
    {
        var principals = Output.All(Principals.Select(principal =>
            principal.Names.ToOutput().Apply(names => new ResolvedPrincipal(principal.Kind, names))));
        var conditions = Output.All(Conditions.Select(condition =>
            condition.Values.ToOutput().Apply(values => new ResolvedCondition(condition.Operator, condition.Key, values))));
        return Output.Tuple(Resources.ToOutput(), principals, conditions)
            .Apply(parts => new Resolved(Sid, Effect, Actions, parts.Item1, parts.Item2, parts.Item3));
    }

    /// <summary>A statement whose ARNs are known.</summary>
    internal sealed record Resolved(
        string Sid,
        PolicyEffect Effect,
        ImmutableArray<string> Actions,
        ImmutableArray<string> Resources,
        ImmutableArray<ResolvedPrincipal> Principals,
        ImmutableArray<ResolvedCondition> Conditions);

    internal sealed record ResolvedPrincipal(string Kind, ImmutableArray<string> Names);

    internal sealed record ResolvedCondition(string Operator, string Key, ImmutableArray<string> Values);
}

/// <summary>Who a statement speaks of.</summary>
/// <param name="Kind"><c>Service</c>, <c>AWS</c>, <c>Federated</c>, or <see cref="EveryoneKind"/>.</param>
/// <param name="Names">Service names or ARNs.</param>
public sealed record PolicyPrincipal(string Kind, InputList<string> Names)
{
    /// <summary>Written as <c>"Principal": "*"</c>; only ever with a condition or in a denial.</summary>
    internal const string EveryoneKind = "*";

    /// <summary>Everybody.</summary>
    public static PolicyPrincipal Everyone => new(EveryoneKind, new InputList<string>());

    /// <summary>AWS services, e.g. <c>logs.eu-central-1.amazonaws.com</c>.</summary>
    public static PolicyPrincipal Service(params string[] names) => new("Service", names);

    /// <summary>Roles, users or whole accounts by ARN.</summary>
    public static PolicyPrincipal Aws(params Input<string>[] arns) => new("AWS", arns);

    /// <summary>An identity provider by ARN.</summary>
    public static PolicyPrincipal Federated(Input<string> arn) => new("Federated", arn);
}

/// <summary>A test that a request must pass.</summary>
/// <param name="Operator">E.g. <c>StringEquals</c>, <c>ArnLike</c>, <c>Bool</c>.</param>
/// <param name="Key">E.g. <c>aws:SourceArn</c>.</param>
/// <param name="Values">Any of these.</param>
public sealed record PolicyCondition(string Operator, string Key, InputList<string> Values);
