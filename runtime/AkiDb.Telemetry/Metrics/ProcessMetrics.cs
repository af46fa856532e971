using System.Diagnostics;

namespace AkiDb.Telemetry.Metrics;

/// <summary>What every service tells of its own process, under the names that Prometheus' client libraries use.</summary>
public static class ProcessMetrics
{
    /// <summary>Bytes allocated on the managed heap since the start.</summary>
    public const string AllocatedBytes = "dotnet_gc_allocated_bytes_total";

    /// <summary>Adds them to <paramref name="registry"/>.</summary>
    public static void Add(MetricRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var cpu = registry.Counter("process_cpu_seconds_total", "User and system CPU time.");
        var resident = registry.Gauge("process_resident_memory_bytes", "Resident memory.");
        var allocated = registry.Counter(AllocatedBytes, "Bytes allocated on the managed heap.");
        var collections = registry.Counter("dotnet_gc_collections_total", "Garbage collections of every generation.");
        registry.BeforeExposition(() =>
        {
            using var process = Process.GetCurrentProcess();
            Raise(cpu, process.TotalProcessorTime.TotalSeconds);
            resident.Value = process.WorkingSet64;
            Raise(allocated, GC.GetTotalAllocatedBytes());
            Raise(collections, GC.CollectionCount(0));
        });
    }

    private static void Raise(Counter counter, double total) => counter.Add(Math.Max(0, total - counter.Value));
}
