using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>Settings of an <see cref="OnDemandBaseline"/>.</summary>
public sealed class OnDemandBaselineArgs : ResourceArgs
{
    /// <summary>The cluster's name, once it exists.</summary>
    [Input("clusterName", required: true)]
    public required Input<string> ClusterName { get; init; }

    /// <summary>Private subnets.</summary>
    [Input("subnetIds", required: true)]
    public required InputList<string> SubnetIds { get; init; }

    /// <summary>Graviton types that the region sells; EKS takes the first that it can have.</summary>
    public required ImmutableArray<string> InstanceTypes { get; init; }

    /// <summary>Fewest nodes. 3 in production, one a zone: with fewer, a zone's failure takes CoreDNS or Karpenter along.</summary>
    public required int MinNodes { get; init; }

    /// <summary>Nodes to begin with; afterwards the number belongs to whoever changes it (a runbook, an operator).</summary>
    public required int DesiredNodes { get; init; }

    /// <summary>Most nodes. 10 in production: what the region's whole load needs when spot capacity is gone (specification W14).</summary>
    public required int MaxNodes { get; init; }

    /// <summary>Value of the capacity-spread label, so that pods on these nodes count towards the on-demand share.</summary>
    public required string SpreadDomain { get; init; }

    /// <summary>Root volume, GiB, 20 to 1000. Default: 50.</summary>
    public int VolumeGiB { get; init; } = 50;

    /// <summary>Tags of instances and volumes: a node group's own tags do not reach them, and bills are split by these.</summary>
    public required ImmutableSortedDictionary<string, string> InstanceTags { get; init; }
}
