using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components;
using AkiDb.Infra.Components.Observability;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>How an environment is watched, the same in every region.</summary>
public sealed partial record ObservabilitySettings
{
    /// <summary>Prometheus, Alertmanager and Grafana in every cluster. Default: small.</summary>
    public required MonitoringProfile Monitoring { get; init; }

    /// <summary>Days that metrics are kept. Default: 15.</summary>
    public required int MetricRetentionDays { get; init; }

    /// <summary>Volume of one Prometheus server, GiB. Default: 20.</summary>
    public required int MetricStorageGiB { get; init; }

    /// <summary>Where the traces that are kept go. Default: off.</summary>
    public required TraceDestination Tracing { get; init; }

    /// <summary>Share of the spans that Transaction Search indexes, percent; null where another environment of the account turns it
    /// on, or nobody.</summary>
    public required int? TraceIndexPercent { get; init; }

    /// <summary>Days that logs of the services are kept; null for no log shipping. Default: null.</summary>
    public required int? LogRetentionDays { get; init; }

    /// <summary>Days that logs are kept in the archive; null for no archive. Default: null.</summary>
    public required int? LogArchiveDays { get; init; }

    /// <summary>Anomaly detection and runbooks that act by themselves. Default: off.</summary>
    public required AutomationMode Automation { get; init; }

    /// <summary>Who is told of CloudWatch's alarms by e-mail. Default: nobody.</summary>
    public required ImmutableArray<string> AlarmEmails { get; init; }

    /// <summary>Regions where edge logs land and alarms on them stand. Default: none.</summary>
    public required ImmutableArray<string> EdgeRegions { get; init; }

    /// <summary>Whether anything of CloudWatch has alarms.</summary>
    public bool HasAlarms => LogRetentionDays is not null || !EdgeRegions.IsEmpty || Automation != AutomationMode.Off;

    /// <summary>Whether the clusters have collectors for traces.</summary>
    public bool TracesAreTaken => Monitoring != MonitoringProfile.Off && Tracing != TraceDestination.Off;

    internal static ObservabilitySettings Read(SettingsReader reader)
    {
        var settings = new ObservabilitySettings
        {
            Monitoring = reader.Choice("monitoring", MonitoringProfile.Small),
            MetricRetentionDays = reader.Whole("metricRetentionDays", 1, 400, 15),
            MetricStorageGiB = reader.Whole("metricStorageGiB", 10, 1000, 20),
            Tracing = reader.Choice("tracing", TraceDestination.Off),
            TraceIndexPercent = reader.Whole("traceIndexPercent", 0, 100, 0) is > 0 and var percent ? percent : null,
            LogRetentionDays = reader.WholeOf("logRetentionDays", [0, .. LogRetention.AllowedDays], 0) is > 0 and var days ? days : null,
            LogArchiveDays = ReadArchive(reader),
            Automation = reader.Choice("automation", AutomationMode.Off),
            AlarmEmails = reader.Texts("alarmEmails", Address().IsMatch, "e-mail addresses", "oncall@example.com"),
            EdgeRegions = reader.Texts("edgeRegions", EdgeCacheRegions.All.Contains, $"regions with an edge cache: {string.Join(", ", EdgeCacheRegions.All)}", "us-east-1"),
        };
        if (settings is { Automation: not AutomationMode.Off, Monitoring: MonitoringProfile.Off })
            reader.Problem("automation", null, "off where monitoring is off: it asks Prometheus", "off");
        if (settings is { Automation: not AutomationMode.Off, LogRetentionDays: null })
            reader.Problem("automation", null, "off without logRetentionDays: what runbooks do is written to an audit log", "off");
        if (settings is { LogArchiveDays: not null, LogRetentionDays: null })
            reader.Problem("logArchiveDays", $"{settings.LogArchiveDays}", "nothing without logRetentionDays", "remove the line");
        if (settings.TraceIndexPercent is not null && settings.Tracing != TraceDestination.TransactionSearch)
            reader.Problem("traceIndexPercent", $"{settings.TraceIndexPercent}", "nothing, unless tracing is transactionSearch", "remove the line");
        if (settings is { Tracing: not TraceDestination.Off, Monitoring: MonitoringProfile.Off })
            reader.Problem("tracing", null, "off where monitoring is off: the collectors stand in its namespace", "off");
        reader.RefuseUnknownKeys();
        return settings;
    }

    // Deep Archive bills half a year at least, so less is not worth an archive.
    private static int? ReadArchive(SettingsReader reader)
    {
        var days = reader.Whole("logArchiveDays", 0, 3650, 0);
        if (days is > 0 and <= 180)
            reader.Problem("logArchiveDays", $"{days}", "0, or 181 to 3650", "1096");
        return days == 0 ? null : days;
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Address();
}
