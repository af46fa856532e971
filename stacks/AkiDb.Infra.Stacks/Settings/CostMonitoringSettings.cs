using AkiDb.Infra.Components.Cost;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>How an environment's spending is watched.</summary>
public sealed record CostMonitoringSettings
{
    /// <summary>What splits the clusters' cost by workload. Default: none.</summary>
    public required CostTool Tool { get; init; }

    /// <summary>Budget a day in whole US dollars; null for no budgets and no anomaly monitor. Default: null.</summary>
    public required int? DailyUsd { get; init; }

    /// <summary>Make the tags cost-allocation tags. Default: false; the account knows them a day after the first deployment.</summary>
    public required bool ActivateTags { get; init; }

    internal static CostMonitoringSettings Read(SettingsReader reader)
    {
        var settings = new CostMonitoringSettings
        {
            Tool = reader.Choice("tool", CostTool.None),
            DailyUsd = reader.Whole("dailyUsd", 0, 1_000_000, 0) is > 0 and var usd ? usd : null,
            ActivateTags = reader.Flag("activateTags", false),
        };
        if (settings is { ActivateTags: true, DailyUsd: null })
            reader.Problem("activateTags", "true", "false without dailyUsd", "false");
        reader.RefuseUnknownKeys();
        return settings;
    }
}
