using System.Collections.Immutable;
using AkiDb.Infra.Components.Cost;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Stacks;

/// <summary>What watches an environment from outside of its clusters: topics, edge alarms and X-Ray's settings by region, budgets.</summary>
internal sealed class Watch
{
    private readonly EnvironmentSettings _settings;
    private readonly ImmutableArray<RegionalCell> _cells;
    private readonly Dictionary<string, AlarmTopic> _topics = [];

    public Watch(EnvironmentSettings settings, ImmutableArray<RegionalCell> cells)
    {
        (_settings, _cells) = (settings, cells);
        if (HasTopics(settings))
        {
            foreach (var cell in cells.DistinctBy(cell => cell.Region))
                _topics[cell.Region] = CreateTopic(cell.Region, cell.Provider);
        }

        if (settings.Observability.TracesAreTaken)
        {
            foreach (var cell in cells.DistinctBy(cell => cell.Region))
                CreateTraceSettings(cell);
        }

        foreach (var region in settings.Observability.EdgeRegions)
            WatchEdge(region);
        // Where there is a cell: its requests come back to it through the edge cache of its region.
        foreach (var cell in cells.DistinctBy(cell => cell.Region).Where(cell => settings.Observability.EdgeRegions.Contains(cell.Region)))
        {
            _ = new EdgeObjective($"{cell.Region}-edge-objective", new EdgeObjectiveArgs
            {
                NamePrefix = settings.NamePrefix,
                FunctionName = settings.EdgeFunctionName,
                TopicArn = _topics[cell.Region].Arn,
            }, new ComponentResourceOptions { Providers = [cell.Provider, cell.Native] });
        }

        if (!settings.Observability.EdgeRegions.IsEmpty)
        {
            _ = new EdgeDashboard("edge-dashboard", new EdgeDashboardArgs
            {
                NamePrefix = settings.NamePrefix,
                FunctionName = settings.EdgeFunctionName,
                Regions = settings.Observability.EdgeRegions,
                LogGroup = EdgeLogGroup,
            }, new ComponentResourceOptions { Provider = cells[0].Provider });
        }

        if (settings.CostMonitoring.DailyUsd is { } usd)
            WatchCosts(usd);
    }

    /// <summary>Name of the log group of the edge function, the same in every region that runs it.</summary>
    private string EdgeLogGroup => $"/aws/lambda/us-east-1.{_settings.EdgeFunctionName}";

    /// <summary>What was left out, one sentence each: alarms that nobody hears of.</summary>
    public static IEnumerable<string> Notices(EnvironmentSettings settings) =>
        settings.Observability.AlarmEmails.IsEmpty && (HasTopics(settings) || settings.CostMonitoring.DailyUsd is not null)
            ? ["CloudWatch's alarms tell nobody: there is no address (akidb:observability.alarmEmails)"]
            : [];

    /// <summary>The topic of a region's alarms.</summary>
    public Output<string> TopicOf(string region) => _topics[region].Arn;

    /// <summary>The topic of a region's alarms; null where nobody is told of any.</summary>
    public Output<string>? FindTopicOf(string region) => _topics.GetValueOrDefault(region)?.Arn;

    /// <summary>Topics of the edge regions, each with its region, that are nearer to <paramref name="cell"/> than to any other.</summary>
    public ImmutableArray<(string Region, Input<string> Arn)> EdgeTopicsOf(RegionalCell cell) =>
        [.. _settings.Observability.EdgeRegions.Where(region => NearestTo(region) == cell).Select(region => (region, (Input<string>)_topics[region].Arn))];

    private static bool HasTopics(EnvironmentSettings settings) => settings.Observability.HasAlarms || settings.Jetson is not null;

    // By the first part of the region's name (us, eu, ap …), which is its continent; home for continents without a cell.
    private RegionalCell NearestTo(string region) =>
        _cells.FirstOrDefault(cell => cell.Region == region) ?? _cells.FirstOrDefault(cell => Continent(cell.Region) == Continent(region)) ?? _cells[0];

    private static string Continent(string region) => region[..region.IndexOf('-', StringComparison.Ordinal)];

    private AlarmTopic CreateTopic(string region, Aws.Provider provider) => new($"{region}-alarms", new AlarmTopicArgs
    {
        AccountId = _settings.AccountId,
        Region = region,
        NamePrefix = _settings.NamePrefix,
        Emails = _settings.Observability.AlarmEmails,
    }, new ComponentResourceOptions { Provider = provider });

    private void CreateTraceSettings(RegionalCell cell)
    {
        var options = new ComponentResourceOptions { Providers = { cell.Provider } };
        if (_settings.Observability.TraceIndexPercent is not null)
            options.Providers.Add(cell.Native);
        _ = new XRaySettings($"{cell.Region}-xray", new XRaySettingsArgs
        {
            AccountId = _settings.AccountId,
            Region = cell.Region,
            NamePrefix = _settings.NamePrefix,
            IndexPercent = _settings.Observability.TraceIndexPercent,
        }, options);
    }

    // A region without a cluster has no provider, key and topic yet, and nobody else declares its edge log group.
    private void WatchEdge(string region)
    {
        var provider = _cells.FirstOrDefault(cell => cell.Region == region)?.Provider;
        if (provider is null)
        {
            provider = RegionalCell.CreateProvider(_settings, $"edge-{region}", region);
            _topics[region] = CreateTopic(region, provider);
            var key = new EncryptionKey($"{region}-edge-logs", new EncryptionKeyArgs
            {
                AccountId = _settings.AccountId,
                Alias = $"{_settings.NamePrefix}/edge-logs",
                Purpose = $"Edge logs of {_settings.NamePrefix} in {region}",
                Statements = [EncryptionKey.ForLogs(_settings.AccountId, region)],
            }, new ComponentResourceOptions { Provider = provider });
            _ = new Aws.CloudWatch.LogGroup($"{region}-edge-logs", new Aws.CloudWatch.LogGroupArgs
            {
                Name = EdgeLogGroup,
                RetentionInDays = _settings.Observability.LogRetentionDays ?? 30,
                KmsKeyId = key.Arn,
            }, new CustomResourceOptions { Provider = provider });
        }

        _ = new EdgeAlarms($"{region}-edge", new EdgeAlarmsArgs
        {
            NamePrefix = _settings.NamePrefix,
            FunctionName = _settings.EdgeFunctionName,
            TopicArn = _topics[region].Arn,
        }, new ComponentResourceOptions { Provider = provider });
    }

    // Budgets and Cost Explorer are global and answer in us-east-1 only; their topic must stand there too.
    private void WatchCosts(int dailyUsd)
    {
        const string billing = "us-east-1";
        var provider = _cells.FirstOrDefault(cell => cell.Region == billing)?.Provider ?? RegionalCell.CreateProvider(_settings, "billing", billing);
        var options = new ComponentResourceOptions { Provider = provider };
        var topic = new AlarmTopic("costs", new AlarmTopicArgs
        {
            AccountId = _settings.AccountId,
            Region = billing,
            NamePrefix = _settings.NamePrefix,
            Purpose = "costs",
            Emails = _settings.Observability.AlarmEmails,
            MorePublishers = ["budgets.amazonaws.com", "costalerts.amazonaws.com"],
        }, options);
        _ = new CostMonitoring("cost-monitoring", new CostMonitoringArgs
        {
            Environment = _settings.Name,
            NamePrefix = _settings.NamePrefix,
            TopicArn = topic.Arn,
            DailyUsd = dailyUsd,
            MonthlyUsd = _settings.Budgets.MonthlyUsd,
            AllocationTags = _settings.CostMonitoring.ActivateTags
                ? [.. _settings.Tags.Keys.Union(["environment", "managed-by", "project"]).Order(StringComparer.Ordinal)]
                : [],
        }, options);
    }
}
