using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>Where the links of one level lie. A struct, so that the base level pays nothing for the others.</summary>
internal unsafe interface IGraphLevel
{
    /// <summary>Most links a slot has on this level.</summary>
    int MostLinks { get; }

    /// <summary>Links of a slot that exists on this level.</summary>
    int* LinksOf(int slot);
}

/// <summary>Level 0: links by slot number.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct BaseLevel(Generation generation) : IGraphLevel
{
    private readonly int* _links = generation.Links;
    private readonly int _most = generation.Shape.BaseLinks;

    public int MostLinks => _most;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* LinksOf(int slot) => _links + ((nint)slot * _most);
}

/// <summary>Levels above: links through the slot's first block.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct UpperLevel(Generation generation, int level) : IGraphLevel
{
    private readonly int* _blocks = generation.UpperBlocks;
    private readonly int* _links = generation.UpperLinks;
    private readonly int _most = generation.Shape.UpperLinks;

    public int MostLinks => _most;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* LinksOf(int slot) => _links + ((nint)(_blocks[slot] + level - 1) * _most);
}
