using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Distances;

/// <summary>
/// Distances from one query to slots, and between slots, as unsigned numbers that sort like the distance. A struct, so
/// that the traversal is compiled once for every metric, precision and width with the kernel inlined.
/// </summary>
internal interface IVectorDistance<TSelf>
    where TSelf : struct, IVectorDistance<TSelf>
{
    /// <summary>How many vectors ahead of the one being measured are worth prefetching.</summary>
    static abstract int PrefetchAhead { get; }

    /// <summary>Distances to the query that the scratch holds.</summary>
    static abstract TSelf ForQuery(Generation generation, SearchScratch scratch);

    /// <summary>Distances to a stored vector.</summary>
    static abstract TSelf ForSlot(Generation generation, int slot);

    /// <summary>Distance from the query to a slot.</summary>
    uint To(int slot);

    /// <summary>Distance between two slots.</summary>
    uint Between(int a, int b);

    /// <summary>Starts loading a slot's vector.</summary>
    void Prefetch(int slot);
}
