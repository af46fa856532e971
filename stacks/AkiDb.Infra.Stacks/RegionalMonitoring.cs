using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

namespace AkiDb.Infra.Stacks;

/// <summary>What watches one region's cluster.</summary>
internal static class RegionalMonitoring
{
    /// <summary>Declares it.</summary>
    /// <returns>The monitoring; null where the environment has none.</returns>
    public static Monitoring? Create(EnvironmentSettings settings, RegionalCell cell, WorkloadNamespace space)
    {
        if (settings.Observability.Monitoring == MonitoringProfile.Off)
            return null;
        var options = new ComponentResourceOptions { Providers = [cell.Provider, cell.Cluster.Kubernetes] };
        return new Monitoring($"{cell.Name}-monitoring", new MonitoringArgs
        {
            Region = cell.Region,
            ClusterName = cell.Cluster.Name,
            Profile = settings.Observability.Monitoring,
            RetentionDays = settings.Observability.MetricRetentionDays,
            StorageGiB = settings.Observability.MetricStorageGiB,
            After = [.. cell.Nodes, space],
        }, options);
    }
}
