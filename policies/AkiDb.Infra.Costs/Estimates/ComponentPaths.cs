using System.Collections.Immutable;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Estimates;

/// <summary>Which components hold a resource.</summary>
internal sealed class ComponentPaths(StackPlan plan)
{
    private readonly Dictionary<string, PlannedResource> _byUrn =
        plan.Resources.DistinctBy(resource => resource.Urn).ToDictionary(resource => resource.Urn.ToString());

    /// <summary>Names of the components above a resource, outermost first; the stack is not among them.</summary>
    public ImmutableArray<string> Of(PlannedResource resource)
    {
        var names = new List<string>();
        // A plan from a file may be broken: the bound keeps a cycle from turning for ever.
        for (var parent = resource.Parent; parent is not null && names.Count < 32 && _byUrn.TryGetValue(parent, out var component); parent = component.Parent)
        {
            if (!component.IsCustom && component.Type != ResourceUrn.StackType)
                names.Insert(0, component.Name);
        }

        return [.. names];
    }
}
