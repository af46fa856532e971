using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Cli.Reports;

/// <summary>A plan's resources by parent, children sorted by name.</summary>
internal sealed class PlanTree
{
    private readonly ILookup<string, PlannedResource> _children;

    public PlanTree(StackPlan plan)
    {
        _children = plan.Resources.Where(resource => resource.Parent is not null)
            .OrderBy(resource => resource.Name, StringComparer.Ordinal).ThenBy(resource => resource.Type, StringComparer.Ordinal)
            .ToLookup(resource => resource.Parent!);
        Roots = [.. plan.Resources.Where(resource => resource.Type == ResourceUrn.StackType).SelectMany(ChildrenOf)];
    }

    /// <summary>What stands directly under the stack.</summary>
    public IReadOnlyList<PlannedResource> Roots { get; }

    /// <summary>Direct children.</summary>
    public IEnumerable<PlannedResource> ChildrenOf(PlannedResource resource) => _children[resource.Urn.ToString()];

    /// <summary>How many resources a provider manages at or below <paramref name="resource"/>.</summary>
    public int CountOf(PlannedResource resource) => (resource.IsCustom ? 1 : 0) + ChildrenOf(resource).Sum(CountOf);
}
