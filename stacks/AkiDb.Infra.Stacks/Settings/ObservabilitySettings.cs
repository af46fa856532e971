using AkiDb.Infra.Components.Observability;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>How an environment is watched, the same in every region.</summary>
public sealed record ObservabilitySettings
{
    /// <summary>Prometheus, Alertmanager and Grafana in every cluster. Default: small.</summary>
    public required MonitoringProfile Monitoring { get; init; }

    /// <summary>Days that metrics are kept. Default: 15.</summary>
    public required int MetricRetentionDays { get; init; }

    /// <summary>Volume of one Prometheus server, GiB. Default: 20.</summary>
    public required int MetricStorageGiB { get; init; }

    internal static ObservabilitySettings Read(SettingsReader reader)
    {
        var settings = new ObservabilitySettings
        {
            Monitoring = reader.Choice("monitoring", MonitoringProfile.Small),
            MetricRetentionDays = reader.Whole("metricRetentionDays", 1, 400, 15),
            MetricStorageGiB = reader.Whole("metricStorageGiB", 10, 1000, 20),
        };
        reader.RefuseUnknownKeys();
        return settings;
    }
}
