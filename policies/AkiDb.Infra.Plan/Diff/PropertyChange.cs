using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>One value that differs.</summary>
/// <param name="Part">Which side of the resource it belongs to.</param>
/// <param name="BeforePath">Where it stood (<see cref="PropertyPath"/>); null where it was not there.</param>
/// <param name="AfterPath">Where it stands; null where it is gone. Differs from <paramref name="BeforePath"/> where a list
/// before it has grown or shrunk.</param>
/// <param name="Before">The old value; null where it was not there.</param>
/// <param name="After">The new value; null where it is gone.</param>
public sealed record PropertyChange(ResourcePart Part, string? BeforePath, string? AfterPath, PlanValue? Before, PlanValue? After)
{
    /// <summary>Where it stands, or stood.</summary>
    public string Path => AfterPath ?? BeforePath!;

    /// <summary>What happened to it.</summary>
    public ChangeKind Kind => (Before, After) switch
    {
        (null, _) => ChangeKind.Added,
        (_, null) => ChangeKind.Removed,
        _ => ChangeKind.Changed,
    };

    /// <summary>The same difference seen from the other plan.</summary>
    public PropertyChange Reverse() => new(Part, AfterPath, BeforePath, After, Before);
}
