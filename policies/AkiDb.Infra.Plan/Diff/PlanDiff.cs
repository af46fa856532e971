using System.Collections.Immutable;

namespace AkiDb.Infra.Plan.Diff;

/// <summary>
/// What differs between two plans, property by property. Pure: it reads nothing but the plans. Of two environments it
/// compares what corresponds (<see cref="Correspondence"/>, docs/diff.md); of two plans of one environment, everything.
/// </summary>
public sealed record PlanDiff
{
    /// <summary>The earlier plan.</summary>
    public required StackPlan Before { get; init; }

    /// <summary>The later plan.</summary>
    public required StackPlan After { get; init; }

    /// <summary>What was taken for the same although it reads differently.</summary>
    public required Correspondence Correspondence { get; init; }

    /// <summary>Resources that differ, sorted by URN.</summary>
    public required ImmutableArray<ResourceChange> Resources { get; init; }

    /// <summary>Stack outputs that differ.</summary>
    public required ImmutableArray<PropertyChange> Outputs { get; init; }

    /// <summary>Notices that only the later plan has.</summary>
    public required ImmutableArray<string> NoticesAdded { get; init; }

    /// <summary>Notices that only the earlier plan has.</summary>
    public required ImmutableArray<string> NoticesRemoved { get; init; }

    /// <summary>True where nothing differs.</summary>
    public bool IsEmpty => Resources.IsEmpty && Outputs.IsEmpty && NoticesAdded.IsEmpty && NoticesRemoved.IsEmpty;

    /// <summary>How many resources were added, removed or changed; components do not count.</summary>
    public int Count(ChangeKind kind) => Resources.Count(change => change.Kind == kind && change.Resource.IsCustom);

    /// <summary>Compares two plans.</summary>
    public static PlanDiff Between(StackPlan before, StackPlan after)
    {
        var correspondence = Correspondence.Between(before, after);
        var values = new ValueDiff(correspondence);
        return new PlanDiff
        {
            Before = before,
            After = after,
            Correspondence = correspondence,
            Resources =
            [
                .. ResourcePairing.Pair(before.Resources, after.Resources, correspondence)
                    .Select(pair => Compare(pair.Before, pair.After, values))
                    .OfType<ResourceChange>()
                    .OrderBy(change => change.Resource.Urn.ToString(), StringComparer.Ordinal),
            ],
            Outputs = values.Between(ResourcePart.Inputs, before.Outputs, after.Outputs),
            NoticesAdded = Without(after.Notices, before.Notices, (notice, other) => correspondence.AreSame(other, notice)),
            NoticesRemoved = Without(before.Notices, after.Notices, correspondence.AreSame),
        };
    }

    private static ResourceChange? Compare(PlannedResource? before, PlannedResource? after, ValueDiff values)
    {
        if (before is null || after is null)
            return new ResourceChange(before, after, []);
        ImmutableArray<PropertyChange> properties =
        [
            .. Enum.GetValues<ResourcePart>().SelectMany(part => values.Between(part, ResourceParts.Of(before, part), ResourceParts.Of(after, part))),
        ];
        return properties.IsEmpty ? null : new ResourceChange(before, after, properties);
    }

    private static ImmutableArray<string> Without(ImmutableArray<string> notices, ImmutableArray<string> others, Func<string, string, bool> areSame) =>
        [.. notices.Where(notice => !others.Any(other => areSame(notice, other)))];
}
