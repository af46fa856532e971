namespace AkiDb.VectorIndex;

/// <summary>Bounds that a caller can run into.</summary>
public static class SearchLimits
{
    /// <summary>Largest k of one search.</summary>
    public const int MaximumResults = 16_384;

    /// <summary>Largest ef of one search.</summary>
    public const int MaximumWidth = 16_384;

    /// <summary>Largest number of vectors in one index: slot numbers keep one bit free for the traversal's mark.</summary>
    public const int MaximumCapacity = 1 << 30;
}
