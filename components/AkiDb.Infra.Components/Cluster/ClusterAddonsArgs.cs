using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>Settings of <see cref="ClusterAddons"/>.</summary>
public sealed class ClusterAddonsArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The cluster's name, once it exists.</summary>
    [Input("clusterName", required: true)]
    public required Input<string> ClusterName { get; init; }

    /// <summary>ARN of the cluster.</summary>
    [Input("clusterArn", required: true)]
    public required Input<string> ClusterArn { get; init; }

    /// <summary>Versions by add-on name, e.g. <c>vpc-cni</c> → <c>v1.21.1-eksbuild.1</c>. An add-on that is not named gets EKS'
    /// default for the cluster's version at the time it is created.</summary>
    public ImmutableDictionary<string, string> Versions { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What runs the first pods. CoreDNS, metrics-server and the EBS driver stay "degraded" until there is a node, so
    /// they wait for these. Default: nothing to wait for.</summary>
    public ImmutableArray<Resource> Nodes { get; init; } = [];
}
