using AkiDb.Infra.Components.Workloads;
using Pulumi;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of <see cref="Tracing"/>.</summary>
public sealed class TracingArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common; the image <see cref="ImageNames.Collector"/> must be among them.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>Name of the environment, which every span bears.</summary>
    public required string Environment { get; init; }

    /// <summary>X-Ray or Transaction Search.</summary>
    public required TraceDestination Destination { get; init; }

    /// <summary>Sampling pods, 1 to 10; each decides about its share of the traces. Default: 2.</summary>
    public int Samplers { get; init; } = 2;

    /// <summary>From when on a trace is slow and always kept, 1 to 60,000 ms. Default: 100 (specification W15).</summary>
    public int SlowMilliseconds { get; init; } = 100;

    /// <summary>Share of the traces that are kept though fast and without error, 0 to 100 percent. Default: 10 (specification W15).</summary>
    public double RestPercent { get; init; } = 10;
}
