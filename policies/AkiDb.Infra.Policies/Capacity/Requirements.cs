using System.Collections.Immutable;
using System.Globalization;

namespace AkiDb.Infra.Policies.Capacity;

/// <summary>One requirement of a Karpenter NodePool.</summary>
internal sealed record Requirement(string Key, string Operator, ImmutableArray<string> Values)
{
    /// <summary>Whether a node with this value of the label passes; null stands for a label that the node lacks.</summary>
    public bool Passes(string? value) => Operator switch
    {
        "In" => value is not null && Values.Contains(value),
        "NotIn" => value is null || !Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(value) > 0,
        "Gte" => Compare(value) >= 0,
        "Lt" => Compare(value) < 0,
        "Lte" => Compare(value) <= 0,
        _ => true,
    };

    // A value that is no number passes no comparison.
    private int? Compare(string? value) =>
        Values is [var bound] && double.TryParse(value, CultureInfo.InvariantCulture, out var left) && double.TryParse(bound, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;
}
