namespace AkiDb.VectorIndex;

/// <summary>What the graph is traversed on. Full float32 vectors are always kept, for re-ranking and for recoding.</summary>
public enum VectorQuantization
{
    /// <summary>Traverse on the float32 vectors: 4 bytes a dimension, no second copy.</summary>
    None = 0,

    /// <summary>
    /// Int8 scalar quantisation: traverse on one byte a dimension and re-rank the best candidates on float32. A quarter of
    /// the memory traffic, up to twice the speed, 25 % more memory for vectors.
    /// </summary>
    Scalar8 = 1,
}
