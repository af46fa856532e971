using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>A regional cluster as the plan declares it, ready to be simulated.</summary>
public sealed record ClusterModel
{
    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Karpenter's pools.</summary>
    public required ImmutableArray<NodePool> Pools { get; init; }

    /// <summary>Nodes of managed groups: type and capacity-spread value of each.</summary>
    public ImmutableArray<(InstanceType Type, string Domain)> Groups { get; init; } = [];

    /// <summary>What runs.</summary>
    public required ImmutableArray<Workload> Workloads { get; init; }

    /// <summary>What daemon sets request on every node.</summary>
    public required PodSize DaemonSets { get; init; }

    /// <summary>Root volume of a Karpenter node, GiB.</summary>
    public decimal VolumeGiB { get; init; } = 20;

    /// <summary>When nodes with pods on them must stay.</summary>
    public ImmutableArray<DisruptionWindow> Windows { get; init; } = [];

    /// <summary>Minutes from less load to the first node that goes.</summary>
    public int ConsolidateMinutes { get; init; } = 1;

    /// <summary>What had to be assumed.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
