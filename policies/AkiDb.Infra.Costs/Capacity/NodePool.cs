using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>A Karpenter NodePool as the simulation needs it.</summary>
public sealed record NodePool
{
    /// <summary>Name in the cluster.</summary>
    public required string Name { get; init; }

    /// <summary>What a node of it must be.</summary>
    public required ImmutableArray<Requirement> Requirements { get; init; }

    /// <summary>Values of the capacity-spread label that its nodes may carry; one empty value where it has none.</summary>
    public ImmutableArray<string> Domains { get; init; } = [""];

    /// <summary>Higher goes first.</summary>
    public int Weight { get; init; }

    /// <summary>Cores of all its nodes together; null for no limit.</summary>
    public decimal? CpuLimit { get; init; }

    /// <summary>Whether it may start spot nodes.</summary>
    public bool AllowsSpot => Allows("spot");

    /// <summary>Whether it may start on-demand nodes.</summary>
    public bool AllowsOnDemand => Allows("on-demand");

    /// <summary>Whether it may start a type.</summary>
    public bool Allows(InstanceType type) =>
        // A label that types do not have (capacity-spread, zone, capacity type) does not choose between them.
        Requirements.All(requirement => type.Label(requirement.Key) is not { } value || requirement.IsMetBy(value));

    // Without the requirement Karpenter starts on-demand nodes only.
    private bool Allows(string capacityType)
    {
        var requirement = Requirements.FirstOrDefault(entry => entry.Key == "karpenter.sh/capacity-type");
        return requirement?.IsMetBy(capacityType) ?? capacityType == "on-demand";
    }
}
