using System.Collections.Frozen;
using System.Collections.Immutable;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Policies.Edge;

namespace AkiDb.Infra.Policies;

/// <summary>A plan as rules look at it: indexed once, read by all of them.</summary>
public sealed class PlanView
{
    private readonly FrozenDictionary<string, ImmutableArray<PlannedResource>> _byType;
    private readonly FrozenDictionary<string, PlannedResource> _byUrn;
    private readonly Lazy<EdgeFunctions> _edge;

    /// <summary>Indexes <paramref name="plan"/>.</summary>
    public PlanView(StackPlan plan, PolicyContext context)
    {
        (Plan, Context) = (plan, context);
        _byType = plan.Resources.GroupBy(resource => resource.Type)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        _byUrn = plan.Resources.DistinctBy(resource => resource.Urn).ToFrozenDictionary(resource => resource.Urn.ToString());
        _edge = new Lazy<EdgeFunctions>(() => EdgeFunctions.Find(this));
    }

    /// <summary>The plan itself.</summary>
    public StackPlan Plan { get; }

    /// <summary>Date and estimate.</summary>
    public PolicyContext Context { get; }

    /// <summary>The resource that stands for the stack as a whole in findings; null for a plan without one.</summary>
    public PlannedResource? Root => OfType(ResourceUrn.StackType).FirstOrDefault() ?? Plan.Resources.FirstOrDefault();

    /// <summary>The Lambda functions that CloudFront runs.</summary>
    internal EdgeFunctions Edge => _edge.Value;

    /// <summary>The resources of any of <paramref name="types"/>; of every type where there are none.</summary>
    public IEnumerable<PlannedResource> OfType(params IReadOnlyCollection<string> types) => types.Count == 0
        ? Plan.Resources
        : types.SelectMany(type => _byType.TryGetValue(type, out var resources) ? resources.AsEnumerable() : []);

    /// <summary>The resource of this URN, or null.</summary>
    public PlannedResource? Find(string? urn) => urn is null ? null : _byUrn.GetValueOrDefault(urn);
}
