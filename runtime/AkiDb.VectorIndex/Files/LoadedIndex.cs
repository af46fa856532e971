using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Files;

/// <summary>An opened and checked index file.</summary>
internal sealed record LoadedIndex(
    string Path,
    IndexOptions Options,
    Generation Generation,
    int Count,
    int UpperBlocks,
    (int Slot, int Level) Entry,
    IDisposable Mapping)
{
    /// <summary>An error about the keys, which only the key table can see.</summary>
    public IndexFileException Corrupt(string found, string wanted) => new(Path, nameof(IndexFileSection.Keys), found, wanted);
}
