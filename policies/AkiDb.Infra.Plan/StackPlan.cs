using System.Collections.Immutable;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan;

/// <summary>Everything that one stack asks for. It knows no rule and no price.</summary>
public sealed record StackPlan
{
    /// <summary>Pulumi project, from Pulumi.yaml.</summary>
    public required string Project { get; init; }

    /// <summary>Stack, which is the environment: dev, staging, prod.</summary>
    public required string Stack { get; init; }

    /// <summary>Where the plan comes from.</summary>
    public required PlanSource Source { get; init; }

    /// <summary>The resources, sorted by URN. The same URN may come twice: see <see cref="DuplicateUrns"/>.</summary>
    public required ImmutableArray<PlannedResource> Resources { get; init; }

    /// <summary>Stack outputs by name.</summary>
    public MapValue Outputs { get; init; } = MapValue.Empty;

    /// <summary>What the program said about choices it made, e.g. a workload left out for want of an image digest; in order.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>URNs that come more than once; the engine refuses such a program, mocks do not.</summary>
    public IEnumerable<string> DuplicateUrns => Resources
        .GroupBy(resource => resource.Urn)
        .Where(group => group.Skip(1).Any())
        .Select(group => group.Key.ToString());

    /// <summary>The resources of one type, sorted by URN.</summary>
    public IEnumerable<PlannedResource> OfType(string type) => Resources.Where(resource => resource.Type == type);
}
