using System.Collections.Immutable;
using AkiDb.Infra.Components.Autoscaling;
using Pulumi;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>What every workload of a cluster has in common.</summary>
public sealed record WorkloadSettings
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster's name, once it exists.</summary>
    public required Input<string> ClusterName { get; init; }

    /// <summary>ARN of the cluster.</summary>
    public required Input<string> ClusterArn { get; init; }

    /// <summary>How pods spread over spot and on-demand nodes.</summary>
    public required CapacitySpread Spread { get; init; }

    /// <summary>Images by name (<see cref="ImageNames"/>), each by digest; a workload whose image is missing is left out.</summary>
    public required ImmutableDictionary<string, string> Images { get; init; }

    /// <summary>Where services send traces by OTLP; null where nothing takes them.</summary>
    public string? TraceEndpoint { get; init; }

    /// <summary>What must be ready first: pools, add-ons.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}
