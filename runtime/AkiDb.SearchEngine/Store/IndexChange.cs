using System.Runtime.InteropServices;

namespace AkiDb.SearchEngine.Store;

/// <summary>What a committed change means for a collection's index.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Key">The document's key.</param>
/// <param name="Document">The document; null if it is gone.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexChange(long Collection, ulong Key, DocumentWrite? Document);

/// <summary>Changes that became durable with one flush.</summary>
/// <param name="Sequence">Number of the last.</param>
/// <param name="Created">New collections.</param>
/// <param name="Dropped">Collections that are gone.</param>
/// <param name="Changes">Documents, in order.</param>
/// <param name="Jobs">Who waits until searches see them.</param>
internal sealed record CommittedBatch(
    long Sequence, IReadOnlyList<CollectionRecord> Created, IReadOnlyList<long> Dropped, IReadOnlyList<IndexChange> Changes, IReadOnlyList<WriteJob> Jobs);
