using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.Benchmarks.Index;

/// <summary>A distance without its prefetch, to measure what the prefetch gives.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct WithoutPrefetch<TDistance> : IVectorDistance<WithoutPrefetch<TDistance>>
    where TDistance : struct, IVectorDistance<TDistance>
{
    private readonly TDistance _distance;

    private WithoutPrefetch(TDistance distance) => _distance = distance;

    public static int PrefetchAhead => 0;

    public static WithoutPrefetch<TDistance> ForQuery(Generation generation, SearchScratch scratch) =>
        new(TDistance.ForQuery(generation, scratch));

    public static WithoutPrefetch<TDistance> ForSlot(Generation generation, int slot) => new(TDistance.ForSlot(generation, slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint To(int slot) => _distance.To(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Between(int a, int b) => _distance.Between(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot)
    {
    }
}
