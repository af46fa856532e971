using System.Runtime.CompilerServices;
using AkiDb.VectorIndex.Quantization;

namespace AkiDb.VectorIndex.Memory;

/// <summary>
/// The flat arrays of an index, by slot number. A generation's addresses never change; growth and recoding make the next
/// one, publish it in one write, and free the old arrays when the last reader that could hold them has left.
/// </summary>
internal sealed unsafe class Generation
{
    /// <summary>Level of a slot whose links are not complete.</summary>
    public const byte NotLinked = byte.MaxValue;

    /// <summary>Ends a list of links.</summary>
    public const int NoLink = -1;

    public Generation(VectorShape shape, int capacity, int upperCapacity, GenerationBuffers buffers, ScalarQuantizer? quantizer)
    {
        Shape = shape;
        Capacity = capacity;
        UpperCapacity = upperCapacity;
        Buffers = buffers;
        Quantizer = quantizer;
        Vectors = (float*)buffers.Vectors.Pointer;
        Codes = buffers.Codes is null ? null : buffers.Codes.Pointer;
        Links = buffers.Links is null ? null : (int*)buffers.Links.Pointer;
        Levels = buffers.Levels is null ? null : buffers.Levels.Pointer;
        InDegrees = buffers.InDegrees is null ? null : (int*)buffers.InDegrees.Pointer;
        UpperBlocks = buffers.UpperBlocks is null ? null : (int*)buffers.UpperBlocks.Pointer;
        UpperLinks = buffers.UpperLinks is null ? null : (int*)buffers.UpperLinks.Pointer;
        Keys = (ulong*)buffers.Keys.Pointer;
        Lifetimes = (Lifetime*)buffers.Lifetimes.Pointer;
    }

    public VectorShape Shape { get; }

    /// <summary>Slots that the arrays hold.</summary>
    public int Capacity { get; }

    /// <summary>Upper-level link lists that <see cref="UpperLinks"/> holds.</summary>
    public int UpperCapacity { get; }

    public GenerationBuffers Buffers { get; }

    /// <summary>How <see cref="Codes"/> were made; null without quantisation and before the first vector.</summary>
    public ScalarQuantizer? Quantizer { get; }

    public float* Vectors { get; }

    public byte* Codes { get; }

    /// <summary>Base-level links, <see cref="VectorShape.BaseLinks"/> a slot, ended by <see cref="NoLink"/> if not full.</summary>
    public int* Links { get; }

    /// <summary>Top level of each slot, or <see cref="NotLinked"/>.</summary>
    public byte* Levels { get; }

    /// <summary>How many base-level lists lead to each slot: kept by writers, so that nobody's last link is dropped.</summary>
    public int* InDegrees { get; }

    /// <summary>First block of each slot in <see cref="UpperLinks"/>; meaningless for slots of level 0.</summary>
    public int* UpperBlocks { get; }

    /// <summary>Links of levels 1 and up, one block of <see cref="VectorShape.UpperLinks"/> a slot and level.</summary>
    public int* UpperLinks { get; }

    public ulong* Keys { get; }

    public Lifetime* Lifetimes { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* VectorOf(int slot) => Vectors + ((nint)slot * Shape.PaddedDimension);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* CodeOf(int slot) => Codes + ((nint)slot * Shape.CodeBytes);

    /// <summary>The link list of a slot on a level, and how many links it holds at most.</summary>
    public int* LinksOf(int slot, int level) => level == 0
        ? Links + ((nint)slot * Shape.BaseLinks)
        : UpperLinks + (((nint)UpperBlocks[slot] + level - 1) * Shape.UpperLinks);
}
