namespace AkiDb.VectorIndex;

/// <summary>How an index finds neighbours.</summary>
public enum IndexStructure
{
    /// <summary>Hierarchical navigable small world graph (Malkov and Yashunin, arXiv 1603.09320): approximate, logarithmic.</summary>
    Hnsw = 0,

    /// <summary>Scan of every vector: exact, linear. The right choice below a few thousand vectors.</summary>
    Flat = 1,
}
