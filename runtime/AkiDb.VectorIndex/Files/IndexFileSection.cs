namespace AkiDb.VectorIndex.Files;

/// <summary>The parts of an index file, in file order. Numbers are part of the format.</summary>
internal enum IndexFileSection
{
    Keys = 0,
    Vectors = 1,
    QuantizerOffsets = 2,
    Codes = 3,
    Levels = 4,
    UpperBlocks = 5,
    BaseLinks = 6,
    UpperLinks = 7,

    /// <summary>How many there are.</summary>
    Count = 8,
}
