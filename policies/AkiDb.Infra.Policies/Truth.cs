namespace AkiDb.Infra.Policies;

/// <summary>Yes, no, or not known yet; combined as in Kleene's three-valued logic.</summary>
public enum Truth
{
    /// <summary>It does not hold.</summary>
    No,

    /// <summary>It depends on a value that is not known yet.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    Yes,
}

/// <summary>The logic of <see cref="Truth"/>: the order No, Unknown, Yes makes "and" the least and "or" the greatest.</summary>
public static class TruthLogic
{
    /// <summary>Both hold.</summary>
    public static Truth And(this Truth left, Truth right) => left < right ? left : right;

    /// <summary>At least one holds.</summary>
    public static Truth Or(this Truth left, Truth right) => left > right ? left : right;

    /// <summary>The opposite; unknown stays unknown.</summary>
    public static Truth Not(this Truth truth) => truth switch
    {
        Truth.Yes => Truth.No,
        Truth.No => Truth.Yes,
        _ => Truth.Unknown,
    };

    /// <summary>Of a known fact.</summary>
    public static Truth Of(bool fact) => fact ? Truth.Yes : Truth.No;

    /// <summary>All of them hold; yes for none.</summary>
    public static Truth All(this IEnumerable<Truth> truths) => truths.Aggregate(Truth.Yes, And);

    /// <summary>One of them holds; no for none.</summary>
    public static Truth Any(this IEnumerable<Truth> truths) => truths.Aggregate(Truth.No, Or);
}
