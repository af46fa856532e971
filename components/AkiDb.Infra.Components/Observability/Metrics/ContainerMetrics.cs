namespace AkiDb.Infra.Components.Observability.Metrics;

/// <summary>What the kubelet's cAdvisor measures of containers.</summary>
public static class ContainerMetrics
{
    /// <summary>Counter: CPU seconds.</summary>
    public const string CpuSeconds = "container_cpu_usage_seconds_total";

    /// <summary>Counter: scheduler periods in which a container with a CPU limit ran.</summary>
    public const string CpuPeriods = "container_cpu_cfs_periods_total";

    /// <summary>Counter: those in which it was held back.</summary>
    public const string CpuThrottledPeriods = "container_cpu_cfs_throttled_periods_total";

    /// <summary>Gauge: bytes that the kernel cannot take back.</summary>
    public const string MemoryWorkingSet = "container_memory_working_set_bytes";
}
