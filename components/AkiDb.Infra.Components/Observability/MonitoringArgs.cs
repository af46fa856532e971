using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of <see cref="Monitoring"/>.</summary>
public sealed class MonitoringArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region; a label on every metric.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster's name, once it exists; a label on every metric.</summary>
    [Input("clusterName", required: true)]
    public required Input<string> ClusterName { get; init; }

    /// <summary>ARN of the cluster.</summary>
    [Input("clusterArn", required: true)]
    public required Input<string> ClusterArn { get; init; }

    /// <summary>Small or standard. Default: standard.</summary>
    public MonitoringProfile Profile { get; init; } = MonitoringProfile.Standard;

    /// <summary>Days that metrics are kept, 1 to 400. Default: 90, which the anomaly model learns from (specification W15).</summary>
    public int RetentionDays { get; init; } = 90;

    /// <summary>Volume of one Prometheus server in GiB, 10 to 1,000. Default: 50: 2,000 samples a second at 1.5 bytes are 23 GB in
    /// 90 days (Prometheus documentation, "Storage", from memory, 2026-11), and as much again for growth.</summary>
    public int StorageGiB { get; init; } = 50;

    /// <summary>Whether somebody is told of alerts: Alertmanager then waits for the keys (<see cref="Alerting.PagingKeys.Name"/>). Default: false.</summary>
    public bool HasPagingKeys { get; init; }

    /// <summary>What must be ready first: nodes, and the storage class.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}
