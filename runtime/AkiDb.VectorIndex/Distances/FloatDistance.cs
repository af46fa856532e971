using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Distances;

/// <summary>Distances on the full float32 vectors.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct FloatDistance<TKernel> : IVectorDistance<FloatDistance<TKernel>>
    where TKernel : struct, IFloatKernel
{
    private readonly float* _query;
    private readonly float* _vectors;
    private readonly nint _length;

    private FloatDistance(float* query, Generation generation)
    {
        _query = query;
        _vectors = generation.Vectors;
        _length = generation.Shape.PaddedDimension;
    }

    // A float vector is many cache lines: more than a few ahead overrun the line fill buffers.
    public static int PrefetchAhead => 4;

    public static FloatDistance<TKernel> ForQuery(Generation generation, SearchScratch scratch) => new(scratch.Query, generation);

    public static FloatDistance<TKernel> ForSlot(Generation generation, int slot) => new(generation.VectorOf(slot), generation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint To(int slot) => FloatOrder.From(TKernel.Distance(_query, _vectors + (slot * _length), _length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Between(int a, int b) =>
        FloatOrder.From(TKernel.Distance(_vectors + (a * _length), _vectors + (b * _length), _length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => CacheLines.Prefetch(_vectors + (slot * _length), _length * sizeof(float));
}
