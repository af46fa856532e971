using System.Collections.Immutable;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

namespace AkiDb.Infra.Stacks;

/// <summary>One environment: a cell in each region, and what the regions share.</summary>
public sealed class AkiDbStack : Stack
{
    /// <summary>The stack that the Pulumi engine asks for.</summary>
    public AkiDbStack()
        : this(EnvironmentSettings.FromEngine(), null)
    {
    }

    /// <summary>The stack of <paramref name="settings"/>.</summary>
    public AkiDbStack(EnvironmentSettings settings, StackOptions? options)
        : base(options)
    {
        var cells = settings.Regions.Select(region => new RegionalCell(settings, region)).ToImmutableArray();
        var logs = cells.DistinctBy(cell => cell.Region).ToImmutableDictionary(cell => cell.Region, cell => new LogBucket($"{cell.Region}-access-logs", new LogBucketArgs
        {
            AccountId = settings.AccountId,
            NamePrefix = settings.NamePrefix,
            Region = cell.Region,
            KeepDays = settings.AccessLogs.KeepDays,
        }, new ComponentResourceOptions { Provider = cell.Provider }));
        var models = new ModelStore("models", new ModelStoreArgs
        {
            AccountId = settings.AccountId,
            NamePrefix = settings.NamePrefix,
            Locations = [.. cells.DistinctBy(cell => cell.Region).Select(cell => new ModelStoreLocation(cell.Region, cell.Provider, logs[cell.Region].Name))],
            ColdAfterDays = settings.ModelStore.ColdAfterDays,
            KeepOldVersionsDays = settings.ModelStore.KeepOldVersionsDays,
        });

        var watch = new Watch(settings, cells);
        var spaces = ImmutableArray.CreateBuilder<WorkloadNamespace>();
        var pagingKeys = RegionalAlerting.CreateKeys(settings, cells[0]);
        for (var index = 0; index < cells.Length; index++)
        {
            var space = RegionalWorkloads.Create(settings, cells[index], models, isHome: index == 0);
            if (RegionalMonitoring.Create(settings, cells[index], space, models, logs[cells[index].Region], watch) is { } watching)
                RegionalAlerting.Create(settings, cells[index], watching.Monitoring, watching.Runbooks, pagingKeys);
            spaces.Add(space);
        }

        var edge = GlobalEdge.Create(settings, cells, [.. spaces], logs, watch);
        BoardFleet.Create(settings, cells[0], models, watch);

        Notices = [.. RegionalImages.Notices(settings), .. GlobalEdge.Notices(settings), .. Watch.Notices(settings), .. BoardFleet.Notices(settings)];
        foreach (var notice in Notices)
            Log.Warn(notice);
        Clusters = Gather(cells.Select(cell => (cell.Name, cell.Cluster.Name)));
        Endpoints = Gather(cells.Select(cell => (cell.Name, cell.Cluster.Endpoint)));
        Edge = Gather(edge);
        ModelBuckets = Gather(models.BucketNames.Select(bucket => (bucket.Key, bucket.Value)));
    }

    /// <summary>What was left out or assumed, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; }

    /// <summary>Cluster name by cell.</summary>
    [Output("clusters")]
    public Output<ImmutableDictionary<string, string>> Clusters { get; private set; }

    /// <summary>API server address by cell.</summary>
    [Output("endpoints")]
    public Output<ImmutableDictionary<string, string>> Endpoints { get; private set; }

    /// <summary>What clients call, what answers it, and what the parent zone must delegate to; empty without an edge.</summary>
    [Output("edge")]
    public Output<ImmutableDictionary<string, string>> Edge { get; private set; }

    /// <summary>Model bucket by region.</summary>
    [Output("modelBuckets")]
    public Output<ImmutableDictionary<string, string>> ModelBuckets { get; private set; }

    private static Output<ImmutableDictionary<string, string>> Gather(IEnumerable<(string Key, Output<string> Value)> entries) =>
        Output.All(entries.Select(entry => entry.Value.Apply(value => KeyValuePair.Create(entry.Key, value))))
            .Apply(pairs => pairs.ToImmutableDictionary());
}
