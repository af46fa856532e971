using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Files;

/// <summary>How long each section must be: it follows from the options and the counts, so a wrong length shows damage.</summary>
internal static class SectionSizes
{
    public static ulong Of(IndexFileSection section, VectorShape shape, int count, int upperBlocks, bool hasQuantizer)
    {
        var slots = (ulong)count;
        return section switch
        {
            IndexFileSection.Keys => slots * sizeof(ulong),
            IndexFileSection.Vectors => slots * (ulong)shape.VectorBytes,
            IndexFileSection.QuantizerOffsets => hasQuantizer ? (ulong)shape.VectorBytes : 0,
            IndexFileSection.Codes => hasQuantizer ? slots * (ulong)shape.CodeBytes : 0,
            IndexFileSection.Levels => shape.IsGraph ? slots : 0,
            IndexFileSection.UpperBlocks => shape.IsGraph ? slots * sizeof(int) : 0,
            IndexFileSection.BaseLinks => shape.IsGraph ? slots * (ulong)shape.BaseLinks * sizeof(int) : 0,
            IndexFileSection.UpperLinks => (ulong)upperBlocks * (ulong)shape.UpperLinks * sizeof(int),
            _ => throw new ArgumentOutOfRangeException(nameof(section), section, "Not a section of an index file."),
        };
    }
}
