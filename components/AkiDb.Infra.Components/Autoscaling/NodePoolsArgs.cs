using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>Settings of <see cref="NodePools"/>.</summary>
public sealed class NodePoolsArgs : ResourceArgs
{
    /// <summary>AWS region: types that it does not sell are left out.</summary>
    public required string Region { get; init; }

    /// <summary>Name of the cluster; subnets are found by it.</summary>
    public required string ClusterName { get; init; }

    /// <summary>How the spot share is held.</summary>
    public required CapacitySpread Spread { get; init; }

    /// <summary>Role of the nodes, by name.</summary>
    [Input("nodeRoleName", required: true)]
    public required Input<string> NodeRoleName { get; init; }

    /// <summary>The cluster's security group.</summary>
    [Input("securityGroupId", required: true)]
    public required Input<string> SecurityGroupId { get; init; }

    /// <summary>Pinned image, <c>family@version</c>, e.g. <c>al2023@v20260801</c>; <c>@latest</c> would replace nodes unasked.</summary>
    public required string AmiAlias { get; init; }

    /// <summary>Instance sizes. Default: large, xlarge, 2xlarge.</summary>
    public ImmutableArray<string> Sizes { get; init; } = ["large", "xlarge", "2xlarge"];

    /// <summary>Most vCPUs of both pools together, 8 to 2000. Default: 200 (specification W14).</summary>
    public int CpuLimit { get; init; } = 200;

    /// <summary>Most memory of both pools together, GiB, 16 to 8000. Default: 400 (specification W14).</summary>
    public int MemoryLimitGiB { get; init; } = 400;

    /// <summary>Age at which a node is replaced, days, 1 to 90. Default: 7.</summary>
    public int ExpireAfterDays { get; init; } = 7;

    /// <summary>How long a node must be empty or ill used before it goes, seconds, 0 to 3600. Default: 30.</summary>
    public int ConsolidateAfterSeconds { get; init; } = 30;

    /// <summary>Hours (UTC, Monday to Friday) in which only empty nodes may go: from, and for how many hours. Default: 9 for 9,
    /// the specification's peak.</summary>
    public (int FromHour, int Hours) Peak { get; init; } = (9, 9);

    /// <summary>Root volume, GiB, 20 to 1000. Default: 50.</summary>
    public int VolumeGiB { get; init; } = 50;

    /// <summary>Tags of the instances and volumes that Karpenter starts.</summary>
    public required ImmutableSortedDictionary<string, string> InstanceTags { get; init; }
}
