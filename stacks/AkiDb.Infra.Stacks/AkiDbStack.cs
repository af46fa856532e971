using System.Collections.Immutable;
using AkiDb.Infra.Components.Storage;
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
        var models = new ModelStore("models", new ModelStoreArgs
        {
            AccountId = settings.AccountId,
            NamePrefix = settings.NamePrefix,
            Locations = [.. cells.DistinctBy(cell => cell.Region).Select(cell => new ModelStoreLocation(cell.Region, cell.Provider))],
            ColdAfterDays = settings.ModelStore.ColdAfterDays,
            KeepOldVersionsDays = settings.ModelStore.KeepOldVersionsDays,
        });

        var watch = new Watch(settings, cells);
        var pagingKeys = RegionalAlerting.CreateKeys(settings, cells[0]);
        for (var index = 0; index < cells.Length; index++)
        {
            var space = RegionalWorkloads.Create(settings, cells[index], models, isHome: index == 0);
            if (RegionalMonitoring.Create(settings, cells[index], space, models, watch) is { } monitoring)
                RegionalAlerting.Create(settings, cells[index], monitoring, pagingKeys);
        }

        Notices = [.. RegionalImages.Notices(settings)];
        foreach (var notice in Notices)
            Log.Warn(notice);
        Clusters = Gather(cells.Select(cell => (cell.Name, cell.Cluster.Name)));
        Endpoints = Gather(cells.Select(cell => (cell.Name, cell.Cluster.Endpoint)));
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

    /// <summary>Model bucket by region.</summary>
    [Output("modelBuckets")]
    public Output<ImmutableDictionary<string, string>> ModelBuckets { get; private set; }

    private static Output<ImmutableDictionary<string, string>> Gather(IEnumerable<(string Key, Output<string> Value)> entries) =>
        Output.All(entries.Select(entry => entry.Value.Apply(value => KeyValuePair.Create(entry.Key, value))))
            .Apply(pairs => pairs.ToImmutableDictionary());
}
