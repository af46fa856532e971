namespace AkiDb.VectorIndex;

/// <summary>A snapshot of an index's size and health; fields are read one after another, not atomically together.</summary>
public sealed record IndexStatistics
{
    /// <summary>Vectors that a search can return.</summary>
    public required int Count { get; init; }

    /// <summary>Vectors that fit before the next growth.</summary>
    public required int Capacity { get; init; }

    /// <summary>Deleted or replaced vectors that the graph still passes through until the next repair.</summary>
    public required int Tombstones { get; init; }

    /// <summary>Vectors unlinked by repairs since the index was created or loaded.</summary>
    public required long Repaired { get; init; }

    /// <summary>Bytes of full vectors.</summary>
    public required long VectorBytes { get; init; }

    /// <summary>Bytes of one-byte codes; 0 without quantisation.</summary>
    public required long CodeBytes { get; init; }

    /// <summary>Bytes of graph links on all levels.</summary>
    public required long LinkBytes { get; init; }

    /// <summary>Bytes of keys, key table, levels and version stamps.</summary>
    public required long BookkeepingBytes { get; init; }

    /// <summary>Vectors on each graph level, level 0 first; empty for a flat index.</summary>
    public required IReadOnlyList<int> LevelCounts { get; init; }

    /// <summary>Mean number of links on the base level; 0 for a flat index.</summary>
    public required double MeanBaseDegree { get; init; }

    /// <summary>Share of code components that the trained range had to clip, 0 to 1; 0 without quantisation.</summary>
    public required double ClippedShare { get; init; }

    /// <summary>All bytes above together.</summary>
    public long TotalBytes => VectorBytes + CodeBytes + LinkBytes + BookkeepingBytes;
}
