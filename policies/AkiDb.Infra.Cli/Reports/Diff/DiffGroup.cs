using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Diff;

namespace AkiDb.Infra.Cli.Reports.Diff;

/// <summary>The changes of one component.</summary>
/// <param name="Component">The component; null for what stands directly under the stack.</param>
/// <param name="Whole">Added or removed where the whole component was; then <paramref name="Changes"/> is all that is in it.</param>
/// <param name="Changes">Its changes, components below it included where it is whole; sorted by name.</param>
internal sealed record DiffGroup(PlannedResource? Component, ChangeKind? Whole, ImmutableArray<ResourceChange> Changes)
{
    /// <summary>Resources among the changes that a provider manages.</summary>
    public int ResourceCount => Changes.Count(change => change.Resource.IsCustom);
}
