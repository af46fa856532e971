using System.Runtime.InteropServices;
using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Files;

/// <summary>Refuses a header that is not ours, damaged, or at odds with the file.</summary>
internal static unsafe class HeaderCheck
{
    private const string Section = "header";

    /// <summary>Reads the header: first what it is, then which version, then whether it is whole.</summary>
    public static IndexFileHeader Read(string path, FileMapping mapping)
    {
        var block = new ReadOnlySpan<byte>(mapping.Pointer, IndexFileHeader.Length);
        var header = MemoryMarshal.Read<IndexFileHeader>(block);
        if (header.Magic != IndexFileHeader.CorrectMagic)
        {
            throw Wrong(path, $"first bytes {Convert.ToHexStringLower(block[..8])}", "414b494442564958 (\"AKIDBVIX\")");
        }

        if (header.Version != IndexFileHeader.CurrentVersion)
        {
            throw Wrong(path, $"format version {header.Version}", $"version {IndexFileHeader.CurrentVersion}");
        }

        var stored = MemoryMarshal.Read<uint>(block[^sizeof(uint)..]);
        var found = Crc32C.Append(0, block[..^sizeof(uint)]);
        return found == stored ? header : throw Wrong(path, $"checksum {found:x8}", $"{stored:x8}");
    }

    /// <summary>The options that the header describes.</summary>
    public static IndexOptions Options(string path, in IndexFileHeader header, SimdWidth simd)
    {
        var options = new IndexOptions
        {
            Dimension = header.Dimension,
            Metric = (DistanceMetric)header.Metric,
            Structure = (IndexStructure)header.Structure,
            Quantization = (VectorQuantization)header.Quantization,
            LinksPerNode = header.LinksPerNode,
            ConstructionWidth = header.ConstructionWidth,
            SearchWidth = header.SearchWidth,
            Seed = header.Seed,
            Simd = simd,
        };
        var problems = (options with { Simd = SimdWidth.Widest }).FindProblems();
        return problems.Count == 0 ? options : throw Wrong(path, $"options ({string.Join("; ", problems)})", "valid options");
    }

    /// <summary>Checks counts, and place and length of every section.</summary>
    public static void Sections(string path, in IndexFileHeader header, VectorShape shape, ulong fileLength)
    {
        Require(path, header.FileLength == fileLength, $"a file of {fileLength} bytes", $"{header.FileLength} bytes");
        Require(path, header.Count is >= 0 and <= SearchLimits.MaximumCapacity, $"{header.Count} vectors", "0 to 2³⁰");
        Require(path, header.UpperBlocks >= 0, $"{header.UpperBlocks} upper link lists", "0 or more");
        Require(
            path,
            header.SectionCount == (int)IndexFileSection.Count,
            $"{header.SectionCount} sections",
            $"{(int)IndexFileSection.Count}");
        Require(
            path,
            shape.IsQuantized || header.HasQuantizer == 0,
            "a quantiser in an index without quantisation",
            "none");
        Require(
            path,
            !shape.IsQuantized || header.Count == 0 || (header.HasQuantizer == 1 && header.QuantizerStep > 0),
            $"quantiser {header.HasQuantizer} with step {header.QuantizerStep}",
            "quantiser 1 with a step above 0");
        for (var section = IndexFileSection.Keys; section < IndexFileSection.Count; section++)
        {
            var entry = header.Sections[(int)section];
            var wanted = SectionSizes.Of(section, shape, header.Count, header.UpperBlocks, header.HasQuantizer == 1);
            Require(path, entry.Section == (uint)section, $"section {entry.Section}", $"{section} ({(uint)section})");
            Require(path, entry.Length == wanted, $"{section} of {entry.Length} bytes", $"{wanted} bytes");
            Require(
                path,
                entry.Offset % IndexFileHeader.Alignment == 0
                    && entry.Offset <= fileLength
                    && entry.Length <= fileLength - entry.Offset,
                $"{section} at offset {entry.Offset}",
                $"a multiple of {IndexFileHeader.Alignment} inside the file");
        }
    }

    private static void Require(string path, bool isRight, string found, string wanted)
    {
        if (!isRight)
        {
            throw Wrong(path, found, wanted);
        }
    }

    private static IndexFileException Wrong(string path, string found, string wanted) => new(path, Section, found, wanted);
}
