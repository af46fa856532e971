using System.Collections.Immutable;
using System.Globalization;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>One of a NodePool's requirements (Karpenter 1.14, <c>spec.template.spec.requirements</c>).</summary>
/// <param name="Key">Label.</param>
/// <param name="Operator">In, NotIn, Exists, DoesNotExist, Gt, Lt, Gte, Lte.</param>
/// <param name="Values">Values; one number for the comparing operators.</param>
public sealed record Requirement(string Key, string Operator, ImmutableArray<string> Values)
{
    /// <summary>Whether a label's value meets it; a label that is absent is null.</summary>
    /// <exception cref="FormatException">The operator is none of Karpenter's.</exception>
    public bool IsMetBy(string? value) => Operator switch
    {
        "In" => value is not null && Values.Contains(value),
        "NotIn" => value is null || !Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(value) > 0,
        "Lt" => Compare(value) < 0,
        "Gte" => Compare(value) >= 0,
        "Lte" => Compare(value) <= 0,
        _ => throw new FormatException($"Requirement on {Key} has the operator '{Operator}'; Karpenter has In, NotIn, Exists, DoesNotExist, Gt, Lt, Gte, Lte."),
    };

    private int? Compare(string? value) =>
        value is not null && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mine)
        && long.TryParse(Values.FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var theirs)
            ? mine.CompareTo(theirs)
            : null;
}
