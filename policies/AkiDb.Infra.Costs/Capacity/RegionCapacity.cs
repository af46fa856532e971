using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>What the simulation found for one region's cluster. Karpenter's nodes; managed groups are priced as resources.</summary>
public sealed record RegionCapacity
{
    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Node hours by kind, most first.</summary>
    public required ImmutableArray<NodeHours> Hours { get; init; }

    /// <summary>Ids of prices that were needed and not known.</summary>
    public ImmutableArray<string> MissingPrices { get; init; } = [];

    /// <summary>Root volume of each node, GiB.</summary>
    public required decimal VolumeGiB { get; init; }

    /// <summary>The greatest load, requests a second.</summary>
    public required double PeakQps { get; init; }

    /// <summary>Fewest and most replicas of the search engine.</summary>
    public required (int Least, int Most) Replicas { get; init; }

    /// <summary>Replica-hours of the search engine a month.</summary>
    public decimal ReplicaHours { get; init; }

    /// <summary>Share of the pods that spread over capacity types which runs on spot, 0 to 1: managed groups count as on demand.</summary>
    public required double SpotPodShare { get; init; }

    /// <summary>Share of the requested CPU and memory in what pods could request on all nodes, averaged over time, 0 to 1.</summary>
    public required (double Cpu, double Memory) Utilisation { get; init; }

    /// <summary>Dollars a month of Karpenter's nodes that no pod requests: by the resource that is used most.</summary>
    public required decimal WasteUsd { get; init; }

    /// <summary>Dollars of nodes by hour of a weekday, UTC; groups not among them.</summary>
    public required ImmutableArray<decimal> UsdByHour { get; init; }

    /// <summary>Spot nodes that are reclaimed in a month, expected.</summary>
    public required double InterruptionsPerMonth { get; init; }

    /// <summary>Dollars a month of the node hours if spot stood at the 10th and at the 90th percentile of what the allowed types
    /// save off on demand in this region.</summary>
    public required (decimal Low, decimal High) BandUsd { get; init; }

    /// <summary>Dollars a month if every pool were at its CPU limit, on its dearest type, at on-demand prices.</summary>
    public required decimal? CeilingUsd { get; init; }

    /// <summary>Dollars an hour at the peak: found, and what no packing can undercut.</summary>
    public required (decimal Found, decimal Bound) PeakUsdPerHour { get; init; }

    /// <summary>Pods that no pool may start a node for.</summary>
    public required int UnplacedPods { get; init; }

    /// <summary>The fewest on-demand dollars an hour at any time, Karpenter's nodes: what a commitment could cover.</summary>
    public required decimal OnDemandFloorUsdPerHour { get; init; }

    /// <summary>What had to be assumed.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>All node hours.</summary>
    public decimal TotalHours => Hours.Sum(entry => entry.Hours);

    /// <summary>Share of the node hours on spot, 0 to 1; 0 where there are none.</summary>
    public decimal SpotShare => TotalHours == 0 ? 0 : Hours.Where(entry => entry.IsSpot).Sum(entry => entry.Hours) / TotalHours;
}
