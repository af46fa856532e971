using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.PullRequests;

/// <summary>What one resource goes through between two plans.</summary>
/// <param name="Kind">Added, removed or changed.</param>
/// <param name="Resource">The resource, as it is after; for a removed one, as it was.</param>
/// <param name="Paths">Top-level inputs that differ; empty for added and removed ones.</param>
internal sealed record PlanChange(PlanChangeKind Kind, PlannedResource Resource, IReadOnlyList<string> Paths)
{
    /// <summary>The changes from one plan to another, sorted by URN.</summary>
    public static IReadOnlyList<PlanChange> Between(StackPlan before, StackPlan after)
    {
        var old = before.Resources.DistinctBy(resource => resource.Urn).ToDictionary(resource => resource.Urn);
        var current = after.Resources.DistinctBy(resource => resource.Urn).ToDictionary(resource => resource.Urn);
        var changed = current.Values.Where(resource => old.TryGetValue(resource.Urn, out var was) && !was.Equals(resource))
            .Select(resource => new PlanChange(PlanChangeKind.Changed, resource, Differences(old[resource.Urn], resource)));
        return
        [
            .. current.Values.Where(resource => !old.ContainsKey(resource.Urn)).Select(resource => new PlanChange(PlanChangeKind.Added, resource, []))
                .Concat(old.Values.Where(resource => !current.ContainsKey(resource.Urn)).Select(resource => new PlanChange(PlanChangeKind.Removed, resource, [])))
                .Concat(changed)
                .OrderBy(change => change.Resource.Urn.ToString(), StringComparer.Ordinal),
        ];
    }

    private static List<string> Differences(PlannedResource before, PlannedResource after)
    {
        var inputs = before.Inputs.Entries.Keys.Union(after.Inputs.Entries.Keys, StringComparer.Ordinal)
            .Where(key => !Equals(before.Inputs.Entries.GetValueOrDefault(key), after.Inputs.Entries.GetValueOrDefault(key)))
            .Order(StringComparer.Ordinal).ToList();
        // An option, an edge or the provider: the inputs are the same.
        return inputs.Count > 0 ? inputs : ["options"];
    }
}

/// <summary>What happens to a resource.</summary>
internal enum PlanChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is another.</summary>
    Changed,
}
