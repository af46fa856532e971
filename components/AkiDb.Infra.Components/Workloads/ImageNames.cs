using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Names of the images that the workloads run.</summary>
public static class ImageNames
{
    /// <summary>The search engine: writer, readers, and in the edge tier embedding only.</summary>
    public const string SearchEngine = "search-engine";

    /// <summary>Traffic predictor and predictive autoscaler.</summary>
    public const string Predictor = "predictor";

    /// <summary>The cost-aware router.</summary>
    public const string Router = "router";

    /// <summary>Redis, for the router's shared counters; the only image that is not built here.</summary>
    public const string Redis = "redis";

    /// <summary>kubectl, for the schedules that scale workloads to zero.</summary>
    public const string Kubectl = "kubectl";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [SearchEngine, Predictor, Router, Redis, Kubectl];

    /// <summary>Those that this repository builds and pushes to its own registry.</summary>
    public static ImmutableArray<string> Own { get; } = [SearchEngine, Predictor, Router];
}
