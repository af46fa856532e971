using System.Collections.Immutable;

namespace AkiDb.Infra.Policies.Iam;

/// <summary>One line of a statement's Condition.</summary>
/// <param name="Operator">E.g. <c>StringEquals</c>, <c>ForAllValues:StringLike</c>.</param>
/// <param name="Key">E.g. <c>aws:SourceArn</c>.</param>
/// <param name="Values">What it is compared with.</param>
internal sealed record IamCondition(string Operator, string Key, ImmutableArray<string> Values)
{
    /// <summary>True if it holds nothing back: every value is a bare star.</summary>
    public bool IsVacuous => !Values.IsEmpty && Operator.Contains("Like", StringComparison.OrdinalIgnoreCase) && Values.All(value => value.Trim('*').Length == 0);
}
