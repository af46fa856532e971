namespace AkiDb.Infra.Components.Observability.Metrics;

/// <summary>What Karpenter tells of nodes and interruptions.</summary>
public static class KarpenterMetrics
{
    /// <summary>The kind of <see cref="InterruptionMessages"/> that takes a spot node away (label <c>message_type</c>;
    /// pkg/controllers/interruption/messages/types.go, read 2026-11).</summary>
    internal const string SpotInterruption = "SpotInterruptionKind";

    /// <summary>Counter: notices from the interruption queue, by <c>message_type</c>.</summary>
    public const string InterruptionMessages = "karpenter_interruption_received_messages_total";

    /// <summary>Gauge: what a node offers, by <c>resource_type</c>, <c>node_name</c>, <c>capacity_type</c>, <c>instance_type</c>, <c>nodepool</c>.</summary>
    public const string NodeAllocatable = "karpenter_nodes_allocatable";

    /// <summary>Gauge: what the pods of a node ask for, by the same labels.</summary>
    public const string NodePodRequests = "karpenter_nodes_total_pod_requests";

    /// <summary>Counter: nodes created, by <c>nodepool</c>.</summary>
    public const string NodesCreated = "karpenter_nodes_created_total";

    /// <summary>Counter: nodes ended, by <c>nodepool</c>.</summary>
    public const string NodesTerminated = "karpenter_nodes_terminated_total";

    /// <summary>Counter: node claims disrupted, by <c>reason</c> and <c>nodepool</c>.</summary>
    public const string ClaimsDisrupted = "karpenter_nodeclaims_disrupted_total";

    /// <summary>Histogram: seconds from a pod's creation until it runs.</summary>
    public const string PodStartup = "karpenter_pods_startup_duration_seconds";

    /// <summary>Gauge: pods waiting to be scheduled.</summary>
    public const string QueueDepth = "karpenter_scheduler_queue_depth";

    /// <summary>Gauge: what a pool has started, by <c>nodepool</c> and <c>resource_type</c>.</summary>
    public const string PoolUsage = "karpenter_nodepools_usage";

    /// <summary>Gauge: what a pool may start at most, by <c>nodepool</c> and <c>resource_type</c>.</summary>
    public const string PoolLimit = "karpenter_nodepools_limit";

    /// <summary>Gauge: share of the cluster's allocatable resources that pods ask for, percent, by <c>resource_type</c>.</summary>
    public const string ClusterUtilization = "karpenter_cluster_utilization_percent";
}
