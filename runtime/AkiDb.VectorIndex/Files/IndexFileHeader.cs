using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex.Files;

/// <summary>
/// The first <see cref="Length"/> bytes of an index file, little-endian; docs/vector-index.md ("File format") is the
/// specification. Any change of meaning takes a new <see cref="CurrentVersion"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct IndexFileHeader
{
    /// <summary>"AKIDBVIX" as a little-endian number.</summary>
    public const ulong CorrectMagic = 0x5849_5642_4449_4B41;

    public const uint CurrentVersion = 1;

    /// <summary>Bytes from the start of the file to the end of the header checksum.</summary>
    public const int Length = 1024;

    /// <summary>Sections start at multiples of this: a page, so that mapped arrays are aligned.</summary>
    public const int Alignment = 4096;

    public ulong Magic;
    public uint Version;
    public uint HeaderLength;
    public int Dimension;
    public int Metric;
    public int Structure;
    public int Quantization;
    public int LinksPerNode;
    public int ConstructionWidth;
    public int SearchWidth;
    public int HasQuantizer;
    public ulong Seed;
    public int Count;
    public int UpperBlocks;
    public int EntrySlot;
    public int EntryLevel;
    public float QuantizerStep;
    public int SectionCount;
    public ulong FileLength;
    public SectionTable Sections;

    /// <summary>The section table: one entry for each <see cref="IndexFileSection"/>, in that order.</summary>
    [System.Runtime.CompilerServices.InlineArray((int)IndexFileSection.Count)]
    public struct SectionTable
    {
        private SectionEntry _first;
    }

    /// <summary>Where a section lies and what it must hash to.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct SectionEntry
    {
        public uint Section;
        public uint Crc32C;
        public ulong Offset;
        public ulong Length;
    }
}
