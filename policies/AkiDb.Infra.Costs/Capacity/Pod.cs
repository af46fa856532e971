using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>A pod to place.</summary>
/// <param name="App">Workload it belongs to; pods of one workload spread together.</param>
/// <param name="Size">Its request.</param>
public sealed record Pod(string App, PodSize Size)
{
    /// <summary>True where its workload spreads evenly over the capacity-spread domains (maxSkew 1, DoNotSchedule).</summary>
    public bool Spreads { get; init; }

    /// <summary>Domains that it may run in; empty for any.</summary>
    public ImmutableArray<string> OnlyDomains { get; init; } = [];
}
