namespace AkiDb.Infra.Components.Observability.Metrics;

/// <summary>What Alertmanager tells of its own work.</summary>
public static class AlertmanagerMetrics
{
    /// <summary>Counter: notifications by <c>integration</c>.</summary>
    public const string Notifications = "alertmanager_notifications_total";

    /// <summary>Counter: notifications that were given up, by <c>integration</c>.</summary>
    public const string NotificationsFailed = "alertmanager_notifications_failed_total";
}
