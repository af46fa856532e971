using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Memory;
using AkiDb.VectorIndex.Quantization;

namespace AkiDb.VectorIndex.Files;

/// <summary>
/// Opens an index file: header, every checksum, every link. A file that passes cannot make a search read outside its
/// arrays.
/// </summary>
internal static unsafe class IndexFileReader
{
    /// <summary>Maps and checks <paramref name="path"/>.</summary>
    public static LoadedIndex Open(string path, SimdWidth simd)
    {
        EndiannessCheck.ThrowIfBig();
        var length = new FileInfo(path).Length;
        if (length < IndexFileHeader.Length)
        {
            throw new IndexFileException(path, "header", $"a file of {length} bytes", $"at least {IndexFileHeader.Length}");
        }

        var mapping = new FileMapping(path);
        try
        {
            return Read(path, mapping, simd);
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    private static LoadedIndex Read(string path, FileMapping mapping, SimdWidth simd)
    {
        var header = HeaderCheck.Read(path, mapping);
        var options = HeaderCheck.Options(path, header, simd);
        var shape = new VectorShape(options);
        HeaderCheck.Sections(path, header, shape, mapping.Length);
        foreach (ref readonly var entry in (ReadOnlySpan<IndexFileHeader.SectionEntry>)header.Sections)
        {
            var found = Crc32C.Of(mapping.Pointer + entry.Offset, entry.Length);
            if (found != entry.Crc32C)
            {
                throw new IndexFileException(
                    path, ((IndexFileSection)entry.Section).ToString(), $"checksum {found:x8}", $"{entry.Crc32C:x8}");
            }
        }

        var generation = Arrays(header, shape, mapping);
        GraphCheck.ThrowIfWrong(path, header, generation);
        return new LoadedIndex(
            path, options, generation, header.Count, header.UpperBlocks, (header.EntrySlot, header.EntryLevel), mapping);
    }

    private static Generation Arrays(IndexFileHeader header, VectorShape shape, FileMapping mapping)
    {
        var lifetimes = NativeBuffer.Allocate((nuint)header.Count * (nuint)sizeof(Lifetime));
        new Span<Lifetime>(lifetimes.Pointer, header.Count).Fill(new Lifetime { Born = 1, Died = Lifetime.Never });
        var buffers = new GenerationBuffers
        {
            Keys = View(IndexFileSection.Keys),
            Vectors = View(IndexFileSection.Vectors),
            Lifetimes = lifetimes,
            Codes = !shape.IsQuantized ? null : View(IndexFileSection.Codes),
            Links = shape.IsGraph ? View(IndexFileSection.BaseLinks) : null,
            Levels = shape.IsGraph ? View(IndexFileSection.Levels) : null,
            InDegrees = shape.IsGraph ? NativeBuffer.Allocate((nuint)header.Count * sizeof(int)) : null,
            UpperBlocks = shape.IsGraph ? View(IndexFileSection.UpperBlocks) : null,
            UpperLinks = shape.IsGraph ? View(IndexFileSection.UpperLinks) : null,
        };
        var quantizer = header.HasQuantizer == 0 ? null : new ScalarQuantizer(
            new ReadOnlySpan<float>(
                mapping.Pointer + header.Sections[(int)IndexFileSection.QuantizerOffsets].Offset, shape.PaddedDimension).ToArray(),
            header.QuantizerStep,
            isSigned: header.Metric == (int)DistanceMetric.Dot);
        return new Generation(shape, header.Count, header.UpperBlocks, buffers, quantizer);

        NativeBuffer View(IndexFileSection section)
        {
            var entry = header.Sections[(int)section];
            return NativeBuffer.View(mapping.Pointer + entry.Offset, (nuint)entry.Length);
        }
    }
}
