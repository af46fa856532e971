using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Components.Observability.Alerting;
using AkiDb.Infra.Components.Observability.Dashboards;
using AkiDb.Infra.Components.Observability.Objectives;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

namespace AkiDb.Infra.Stacks;

/// <summary>Objectives, alerts, who is told of them, and Grafana's pages.</summary>
internal static class RegionalAlerting
{
    /// <summary>The keys of PagerDuty; null where nobody is told.</summary>
    public static PagingSecret? CreateKeys(EnvironmentSettings settings, RegionalCell home) => settings.Alerting.Notify == NotificationLevel.None
        ? null
        : new PagingSecret("paging-keys", new PagingSecretArgs
        {
            NamePrefix = settings.NamePrefix,
            HomeRegion = home.Region,
            CopyRegions = [.. settings.Regions.Select(region => region.Region)],
        }, new ComponentResourceOptions { Provider = home.Provider });

    /// <summary>What one cluster gets.</summary>
    public static void Create(EnvironmentSettings settings, RegionalCell cell, Monitoring monitoring, Runbooks? runbooks, PagingSecret? keys)
    {
        var options = new ComponentResourceOptions { Providers = [cell.Provider, cell.Cluster.Kubernetes] };
        _ = new ServiceObjectives($"{cell.Name}-objectives", new ServiceObjectivesArgs
        {
            RunbooksUrl = settings.Alerting.RunbooksUrl,
            After = [monitoring.Space, monitoring.Definitions],
        }, options);
        _ = new AlertNotifications($"{cell.Name}-alerts", new AlertNotificationsArgs
        {
            AccountId = settings.AccountId,
            Region = cell.Region,
            ClusterName = cell.Cluster.Name,
            ClusterArn = cell.Cluster.Arn,
            Level = settings.Alerting.Notify,
            Hours = settings.Alerting.Hours,
            PagerDuty = settings.Alerting.PagerDuty,
            Keys = keys,
            RunbookTopicArn = runbooks is null ? null : (Input<string>)runbooks.TopicArn,
            // Not after the release: its Alertmanager waits for these.
            After = [monitoring.Space, monitoring.Definitions],
        }, options);
        _ = new GrafanaDashboards($"{cell.Name}-dashboards", new GrafanaDashboardsArgs
        {
            Region = cell.Region,
            After = [monitoring.Space],
        }, options);
    }
}
