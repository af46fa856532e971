using System.Collections.Immutable;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>One resource that differs.</summary>
/// <param name="Before">It in the earlier plan; null where it is new.</param>
/// <param name="After">It in the later plan; null where it is gone.</param>
/// <param name="Properties">What differs, in order of part and path; empty unless both have it.</param>
public sealed record ResourceChange(PlannedResource? Before, PlannedResource? After, ImmutableArray<PropertyChange> Properties)
{
    /// <summary>What happened to it.</summary>
    public ChangeKind Kind => (Before, After) switch
    {
        (null, _) => ChangeKind.Added,
        (_, null) => ChangeKind.Removed,
        _ => ChangeKind.Changed,
    };

    /// <summary>It as it will be, or as it last was.</summary>
    public PlannedResource Resource => After ?? Before!;

    /// <summary>The same difference seen from the other plan.</summary>
    public ResourceChange Reverse() => new(After, Before, [.. Properties.Select(property => property.Reverse())]);
}
