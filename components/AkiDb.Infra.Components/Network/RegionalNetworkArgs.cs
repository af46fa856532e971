using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Network;

/// <summary>Settings of a <see cref="RegionalNetwork"/>.</summary>
public sealed class RegionalNetworkArgs : ResourceArgs
{
    /// <summary>AWS region, e.g. <c>eu-central-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Addresses of the whole network, /16 to /20. A quarter goes to each zone's pods and nodes.</summary>
    public required CidrBlock Block { get; init; }

    /// <summary>Three availability-zone ids, e.g. <c>use1-az1</c>: ids mean the same place in every account, names do not
    /// (AWS, "AZ IDs", read 2026-11).</summary>
    public required ImmutableArray<string> ZoneIds { get; init; }

    /// <summary>Name of the cluster that will live here; Karpenter and load balancers find subnets by it.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Default: one gateway for all zones.</summary>
    public NatGatewayLayout NatGateways { get; init; } = NatGatewayLayout.One;

    /// <summary>AWS services reached by an interface endpoint, e.g. <c>ecr.api</c>; each costs by the hour and zone. Default: none;
    /// S3 always has its free gateway endpoint.</summary>
    public ImmutableArray<string> InterfaceEndpoints { get; init; } = [];

    /// <summary>How long flow logs are kept, in days; one of the periods that CloudWatch Logs knows.</summary>
    public required int FlowLogRetentionDays { get; init; }

    /// <summary>ARN of the KMS key for the flow logs.</summary>
    [Input("logKeyArn", required: true)]
    public required Input<string> LogKeyArn { get; init; }
}
