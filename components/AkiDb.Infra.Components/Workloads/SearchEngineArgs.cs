using Pulumi;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Settings of a <see cref="SearchEngine"/>.</summary>
public sealed class SearchEngineArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>Name of this region's model bucket.</summary>
    [Input("modelBucket", required: true)]
    public required Input<string> ModelBucket { get; init; }

    /// <summary>ARN of the bucket's key.</summary>
    [Input("modelKeyArn", required: true)]
    public required Input<string> ModelKeyArn { get; init; }

    /// <summary>The home region has the writer; the others only follow.</summary>
    public required bool IsHome { get; init; }

    /// <summary>Fewest readers, at least the domains of the capacity spread.</summary>
    public required int MinReplicas { get; init; }

    /// <summary>Volume of the writer's store, GiB, 10 to 1000. Default: 50.</summary>
    public int StoreGiB { get; init; } = 50;
}
