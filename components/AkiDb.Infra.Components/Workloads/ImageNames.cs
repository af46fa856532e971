using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Names of the images that the workloads run.</summary>
public static class ImageNames
{
    /// <summary>The search engine: writer, readers, and in the edge tier embedding only.</summary>
    public const string SearchEngine = "search-engine";

    /// <summary>The search engine's image with the Lambda Web Adapter in it, for the warm embedding tier.</summary>
    public const string WarmEmbeddings = "search-engine-lambda";

    /// <summary>Traffic predictor and predictive autoscaler.</summary>
    public const string Predictor = "predictor";

    /// <summary>The cost-aware router.</summary>
    public const string Router = "router";

    /// <summary>Anomaly detector, runbooks, watchers.</summary>
    public const string Operations = "operations";

    /// <summary>Redis, for the router's shared counters.</summary>
    public const string Redis = "redis";

    /// <summary>kubectl, for the schedules that scale workloads to zero.</summary>
    public const string Kubectl = "kubectl";

    /// <summary>AWS' distribution of the OpenTelemetry collector, for traces; 0.49.0 or later.</summary>
    public const string Collector = "collector";

    /// <summary>AWS' distribution of Fluent Bit, for logs.</summary>
    public const string LogShipper = "fluent-bit";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [SearchEngine, WarmEmbeddings, Predictor, Router, Operations, Redis, Kubectl, Collector, LogShipper];

    /// <summary>Those that this repository builds and pushes to its own registry.</summary>
    public static ImmutableArray<string> Own { get; } = [SearchEngine, WarmEmbeddings, Predictor, Router, Operations];
}
