namespace AkiDb.Infra.Components.Observability.Metrics;

/// <summary>What the node exporter measures of machines.</summary>
public static class NodeMetrics
{
    /// <summary>Counter: CPU seconds by <c>mode</c>.</summary>
    public const string CpuSeconds = "node_cpu_seconds_total";

    /// <summary>Gauge: bytes that new work could have.</summary>
    public const string MemoryAvailable = "node_memory_MemAvailable_bytes";

    /// <summary>Gauge: bytes of memory.</summary>
    public const string MemoryTotal = "node_memory_MemTotal_bytes";
}
