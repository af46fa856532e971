namespace AkiDb.VectorIndex;

/// <summary>How far apart two vectors are. Smaller is nearer for every metric.</summary>
public enum DistanceMetric
{
    /// <summary>1 − cos(a, b), in [0, 2]. Vectors are stored normalised; the zero vector is refused.</summary>
    Cosine = 0,

    /// <summary>−⟨a, b⟩ (maximum inner product); unbounded, not a metric in the mathematical sense.</summary>
    Dot = 1,

    /// <summary>Squared Euclidean distance Σ(aᵢ − bᵢ)², in [0, ∞).</summary>
    L2 = 2,
}
