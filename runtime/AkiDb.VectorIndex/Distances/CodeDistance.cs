using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Distances;

/// <summary>Distances on the one-byte codes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct CodeDistance<TKernel> : IVectorDistance<CodeDistance<TKernel>>
    where TKernel : struct, ICodeKernel
{
    private readonly byte* _query;
    private readonly byte* _codes;
    private readonly nint _length;

    private CodeDistance(byte* query, Generation generation)
    {
        _query = query;
        _codes = generation.Codes;
        _length = generation.Shape.CodeBytes;
    }

    public static int PrefetchAhead => 8;

    public static CodeDistance<TKernel> ForQuery(Generation generation, SearchScratch scratch)
    {
        _ = generation.Quantizer!.Encode(scratch.Query, scratch.QueryCode);
        return new(scratch.QueryCode, generation);
    }

    public static CodeDistance<TKernel> ForSlot(Generation generation, int slot) => new(generation.CodeOf(slot), generation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint To(int slot) => TKernel.Distance(_query, _codes + (slot * _length), _length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Between(int a, int b) => TKernel.Distance(_codes + (a * _length), _codes + (b * _length), _length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => CacheLines.Prefetch(_codes + (slot * _length), _length);
}
