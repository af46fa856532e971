using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Diff;

namespace AkiDb.Infra.Cli.Reports.Diff;

/// <summary>Sorts the changes of a diff by component: by the outermost one where a whole component came or went, else by the nearest.</summary>
internal sealed class DiffGroups
{
    private readonly Dictionary<string, PlannedResource> _before;
    private readonly Dictionary<string, PlannedResource> _after;
    private readonly HashSet<PlannedResource> _whole;

    private DiffGroups(PlanDiff diff)
    {
        _before = ByUrn(diff.Before);
        _after = ByUrn(diff.After);
        _whole = [.. diff.Resources.Where(change => change.Kind != ChangeKind.Changed && !change.Resource.IsCustom && IsComponent(change.Resource)).Select(change => change.Resource)];
    }

    /// <summary>The groups: removed components, added ones, then the changed; by name.</summary>
    public static ImmutableArray<DiffGroup> Of(PlanDiff diff)
    {
        var groups = new DiffGroups(diff);
        return
        [
            .. diff.Resources
                .GroupBy(groups.HomeOf)
                .Select(group => new DiffGroup(
                    group.Key.Component,
                    group.Key.IsWhole ? group.First().Kind : null,
                    [.. group.OrderBy(change => change.Resource.Name, StringComparer.Ordinal).ThenBy(change => change.Resource.Type, StringComparer.Ordinal)]))
                .OrderBy(group => group.Whole switch { ChangeKind.Removed => 0, ChangeKind.Added => 1, _ => 2 })
                .ThenBy(group => group.Component?.Name, StringComparer.Ordinal)
                .ThenBy(group => group.Component?.Type, StringComparer.Ordinal),
        ];
    }

    private (PlannedResource? Component, bool IsWhole) HomeOf(ResourceChange change)
    {
        var ancestors = Ancestors(change.Resource, change.After is null ? _before : _after).ToList();
        return ancestors.LastOrDefault(_whole.Contains) is { } whole
            ? (whole, true)
            : (InLaterPlan(ancestors.Skip(change.Resource.IsCustom ? 0 : 1).FirstOrDefault(IsComponent) ?? ancestors.FirstOrDefault(IsComponent)), false);
    }

    // A removed resource's component, as the later plan has it: one group, not two.
    private PlannedResource? InLaterPlan(PlannedResource? component) =>
        component is null ? null : _after.Values.FirstOrDefault(other => !other.IsCustom && other.Name == component.Name && other.Urn.QualifiedType == component.Urn.QualifiedType) ?? component;

    private static IEnumerable<PlannedResource> Ancestors(PlannedResource resource, Dictionary<string, PlannedResource> plan)
    {
        yield return resource;
        // Bounded: a broken plan file may name a parent in a circle.
        for (var depth = 0; depth < 32 && resource.Parent is { } parent && plan.TryGetValue(parent, out var next); depth++)
        {
            resource = next;
            yield return resource;
        }
    }

    private static bool IsComponent(PlannedResource resource) => !resource.IsCustom && resource.Type != ResourceUrn.StackType;

    private static Dictionary<string, PlannedResource> ByUrn(StackPlan plan) =>
        plan.Resources.DistinctBy(resource => resource.Urn).ToDictionary(resource => resource.Urn.ToString());
}
