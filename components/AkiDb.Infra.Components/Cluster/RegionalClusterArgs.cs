using System.Collections.Immutable;
using AkiDb.Infra.Components.Network;
using Pulumi;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>Settings of a <see cref="RegionalCluster"/>.</summary>
public sealed class RegionalClusterArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region, e.g. <c>eu-central-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Name in AWS: letters, digits and hyphens, at most 100; tags and log groups are built from it.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Kubernetes version, e.g. <c>1.35</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Subnets of the control plane's interfaces: the private ones.</summary>
    [Input("subnetIds", required: true)]
    public required InputList<string> SubnetIds { get; init; }

    /// <summary>Who reaches the public endpoint, as networks; none switches it off. The private endpoint is always on.</summary>
    public ImmutableArray<CidrBlock> PublicAccessBlocks { get; init; } = [];

    /// <summary>Days that control-plane logs are kept; one of CloudWatch Logs' periods.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>ARN of the KMS key for the logs.</summary>
    [Input("logKeyArn", required: true)]
    public required Input<string> LogKeyArn { get; init; }

    /// <summary>EKS refuses to delete the cluster while this is on. Default: on.</summary>
    public bool DeletionProtection { get; init; } = true;

    /// <summary>Default: standard.</summary>
    public ClusterSupport Support { get; init; } = ClusterSupport.Standard;
}
