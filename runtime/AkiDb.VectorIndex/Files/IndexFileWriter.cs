using System.Runtime.InteropServices;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Files;

/// <summary>Writes an index file. Slots that are free are left out and the others numbered anew.</summary>
internal static unsafe class IndexFileWriter
{
    /// <summary>Writes all living slots; the caller has shut out writers and finished repairs.</summary>
    public static void Write(string path, IndexOptions options, Generation generation, int slots, (int Slot, int Level) entry)
    {
        EndiannessCheck.ThrowIfBig();
        var temporary = path + ".partial";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
            {
                WriteTo(file, options, generation, slots, entry);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void WriteTo(FileStream file, IndexOptions options, Generation generation, int slots, (int Slot, int Level) entry)
    {
        var numbering = new SlotNumbering(generation, slots);
        var header = new IndexFileHeader
        {
            Magic = IndexFileHeader.CorrectMagic,
            Version = IndexFileHeader.CurrentVersion,
            HeaderLength = IndexFileHeader.Length,
            Dimension = options.Dimension,
            Metric = (int)options.Metric,
            Structure = (int)options.Structure,
            Quantization = (int)options.Quantization,
            LinksPerNode = options.LinksPerNode,
            ConstructionWidth = options.ConstructionWidth,
            SearchWidth = options.SearchWidth,
            HasQuantizer = generation.Quantizer is null ? 0 : 1,
            Seed = options.Seed,
            Count = numbering.Living.Count,
            UpperBlocks = numbering.UpperBlocks,
            EntrySlot = entry.Slot < 0 ? -1 : numbering.New(entry.Slot),
            EntryLevel = entry.Level,
            QuantizerStep = generation.Quantizer?.Step ?? 0,
            SectionCount = (int)IndexFileSection.Count,
        };
        file.Position = IndexFileHeader.Length;
        var sections = new SectionStream(file);
        for (var section = IndexFileSection.Keys; section < IndexFileSection.Count; section++)
        {
            sections.Begin();
            WriteSection(section, sections, generation, numbering);
            header.Sections[(int)section] = sections.End(section);
        }

        header.FileLength = (ulong)file.Position;
        // An empty last section may begin beyond the last byte written.
        file.SetLength(file.Position);
        var block = new byte[IndexFileHeader.Length];
        MemoryMarshal.Write(block, header);
        MemoryMarshal.Write(block.AsSpan(IndexFileHeader.Length - sizeof(uint)), Crc32C.Append(0, block.AsSpan(..^sizeof(uint))));
        file.Position = 0;
        file.Write(block);
    }

    private static void WriteSection(IndexFileSection section, SectionStream output, Generation generation, SlotNumbering numbering)
    {
        var shape = generation.Shape;
        if (section == IndexFileSection.QuantizerOffsets)
        {
            output.Write(generation.Quantizer is null ? [] : generation.Quantizer.Offsets);
            return;
        }

        foreach (var slot in numbering.Living)
        {
            switch (section)
            {
                case IndexFileSection.Keys:
                    output.Write(new ReadOnlySpan<ulong>(generation.Keys + slot, 1));
                    break;
                case IndexFileSection.Vectors:
                    output.Write(new ReadOnlySpan<float>(generation.VectorOf(slot), shape.PaddedDimension));
                    break;
                case IndexFileSection.Codes when generation.Quantizer is not null:
                    output.Write(new ReadOnlySpan<byte>(generation.CodeOf(slot), shape.CodeBytes));
                    break;
                case IndexFileSection.Levels when shape.IsGraph:
                    output.Write(new ReadOnlySpan<byte>(generation.Levels + slot, 1));
                    break;
                case IndexFileSection.UpperBlocks when shape.IsGraph:
                    output.Write<int>([numbering.UpperBlockOf(slot)]);
                    break;
                case IndexFileSection.BaseLinks when shape.IsGraph:
                    WriteLinks(output, generation.LinksOf(slot, 0), shape.BaseLinks, numbering);
                    break;
                case IndexFileSection.UpperLinks when shape.IsGraph:
                    for (var level = 1; level <= generation.Levels[slot]; level++)
                    {
                        WriteLinks(output, generation.LinksOf(slot, level), shape.UpperLinks, numbering);
                    }

                    break;
            }
        }
    }

    private static void WriteLinks(SectionStream output, int* links, int most, SlotNumbering numbering)
    {
        Span<int> renumbered = stackalloc int[most];
        renumbered.Fill(Generation.NoLink);
        for (var i = 0; i < most && links[i] >= 0; i++)
        {
            renumbered[i] = numbering.New(links[i]);
        }

        output.Write<int>(renumbered);
    }
}
