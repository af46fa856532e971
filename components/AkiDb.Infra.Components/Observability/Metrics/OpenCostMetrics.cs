namespace AkiDb.Infra.Components.Observability.Metrics;

/// <summary>What OpenCost says things cost, in USD an hour.</summary>
public static class OpenCostMetrics
{
    /// <summary>Gauge: a node.</summary>
    public const string NodeTotal = "node_total_hourly_cost";

    /// <summary>Gauge: one vCPU of a node.</summary>
    public const string NodeCpu = "node_cpu_hourly_cost";

    /// <summary>Gauge: one GiB of memory of a node.</summary>
    public const string NodeMemory = "node_ram_hourly_cost";

    /// <summary>Gauge: 1 for a spot node.</summary>
    public const string NodeIsSpot = "kubecost_node_is_spot";

    /// <summary>Gauge: vCPUs that a container asked for or used.</summary>
    public const string ContainerCpu = "container_cpu_allocation";

    /// <summary>Gauge: bytes that a container asked for or used.</summary>
    public const string ContainerMemory = "container_memory_allocation_bytes";

    /// <summary>Gauge: a load balancer.</summary>
    public const string LoadBalancer = "kubecost_load_balancer_cost";

    /// <summary>Gauge: the control plane.</summary>
    public const string ControlPlane = "kubecost_cluster_management_cost";
}
