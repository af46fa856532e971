using System.Collections.Immutable;
using AkiDb.Infra.Components.Cost;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Components.Observability.Alerting;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

namespace AkiDb.Infra.Stacks;

/// <summary>What watches one region's cluster.</summary>
internal static class RegionalMonitoring
{
    /// <summary>Declares it.</summary>
    /// <returns>The monitoring, and the runbooks if any act; null where the environment has none.</returns>
    public static (Monitoring Monitoring, Runbooks? Runbooks)? Create(
        EnvironmentSettings settings, RegionalCell cell, WorkloadNamespace space, ModelStore models, LogBucket accessLogs, Watch watch)
    {
        var shared = RegionalWorkloads.Shared(settings, cell, space);
        var logs = CreateLogs(settings, cell, shared, accessLogs, watch);
        if (settings.Observability.Monitoring == MonitoringProfile.Off)
            return null;
        var options = new ComponentResourceOptions { Providers = [cell.Provider, cell.Cluster.Kubernetes] };
        var monitoring = new Monitoring($"{cell.Name}-monitoring", new MonitoringArgs
        {
            AccountId = settings.AccountId,
            Region = cell.Region,
            ClusterName = cell.Cluster.Name,
            ClusterArn = cell.Cluster.Arn,
            Profile = settings.Observability.Monitoring,
            RetentionDays = settings.Observability.MetricRetentionDays,
            StorageGiB = settings.Observability.MetricStorageGiB,
            HasPagingKeys = settings.Alerting.Notify != NotificationLevel.None,
            After = [.. cell.Nodes, space],
        }, options);
        CreateTracing(settings, cell, shared with { After = [monitoring] });
        if (settings.CostMonitoring.Tool != CostTool.None)
        {
            _ = new ClusterCosts($"{cell.Name}-costs", new ClusterCostsArgs
            {
                Settings = shared with { After = [monitoring] },
                Tool = settings.CostMonitoring.Tool,
            }, options);
        }

        var runbooks = settings.Observability.Automation != AutomationMode.Off && logs is not null && shared.Images.ContainsKey(ImageNames.Operations)
            ? Automate(settings, cell, shared, logs, monitoring, models, watch)
            : null;
        return (monitoring, runbooks);
    }

    private static ClusterLogs? CreateLogs(EnvironmentSettings settings, RegionalCell cell, WorkloadSettings shared, LogBucket accessLogs, Watch watch)
    {
        if (settings.Observability.LogRetentionDays is not { } days)
            return null;
        var logs = new ClusterLogs($"{cell.Name}-cluster-logs", new ClusterLogsArgs
        {
            Settings = shared,
            Name = $"{settings.NamePrefix}-{cell.Name}",
            NamePrefix = cell.Prefix,
            LogKeyArn = cell.LogKeyArn,
            RetentionDays = days,
            AuditRetentionDays = Math.Max(days, settings.Observability.Automation == AutomationMode.Act ? 731 : days),
            TopicArn = watch.TopicOf(cell.Region),
        }, new ComponentResourceOptions { Providers = [cell.Provider, cell.Cluster.Kubernetes] });
        if (settings.Observability.LogArchiveDays is { } archiveDays)
        {
            _ = new LogArchive($"{cell.Name}-log-archive", new LogArchiveArgs
            {
                AccountId = settings.AccountId,
                Region = cell.Region,
                NamePrefix = cell.Prefix,
                KeyArn = cell.LogKeyArn,
                Groups = ImmutableSortedDictionary<string, Output<string>>.Empty.Add("workloads", logs.WorkloadGroup).Add("audit", logs.AuditGroup),
                LogBucket = accessLogs.Name,
                KeepDays = archiveDays,
                TopicArn = watch.TopicOf(cell.Region),
            }, new ComponentResourceOptions { Provider = cell.Provider });
        }

        return logs;
    }

    private static Runbooks Automate(
        EnvironmentSettings settings, RegionalCell cell, WorkloadSettings shared, ClusterLogs logs, Monitoring monitoring, ModelStore models, Watch watch)
    {
        var options = new ComponentResourceOptions { Providers = [cell.Provider, cell.Cluster.Kubernetes] };
        _ = new AnomalyDetection($"{cell.Name}-anomalies", new AnomalyDetectionArgs
        {
            Settings = shared,
            NamePrefix = cell.Prefix,
            ModelBucket = models.BucketNames[cell.Region],
            ModelKeyArn = models.KeyArns[cell.Region],
            TopicArn = watch.TopicOf(cell.Region),
        }, options);
        return new Runbooks($"{cell.Name}-runbooks", new RunbooksArgs
        {
            Settings = shared,
            NamePrefix = cell.Prefix,
            AlertmanagerRole = monitoring.AlertmanagerRole,
            TopicArn = watch.TopicOf(cell.Region),
            EdgeTopics = watch.EdgeTopicsOf(cell),
            EdgeLatencyAlarm = EdgeAlarms.LatencyAlarm(settings.NamePrefix),
            AuditLogGroup = logs.AuditGroup,
            AuditLogGroupArn = logs.AuditGroupArn,
            WarmFunction = $"{settings.NamePrefix}-embed",
            DryRun = settings.Observability.Automation == AutomationMode.DryRun,
        }, options);
    }

    private static void CreateTracing(EnvironmentSettings settings, RegionalCell cell, WorkloadSettings shared)
    {
        if (shared.TraceEndpoint is null)
            return;
        _ = new Tracing($"{cell.Name}-tracing", new TracingArgs
        {
            Settings = shared,
            Environment = settings.Name,
            Destination = settings.Observability.Tracing,
            Samplers = settings.Observability.Monitoring == MonitoringProfile.Standard ? 2 : 1,
        }, new ComponentResourceOptions { Providers = [cell.Provider, cell.Cluster.Kubernetes] });
    }
}
