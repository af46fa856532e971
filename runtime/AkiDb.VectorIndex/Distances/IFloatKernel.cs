namespace AkiDb.VectorIndex.Distances;

/// <summary>A distance of two float vectors, 64-byte aligned and padded with zeros to a multiple of 16 components.</summary>
internal unsafe interface IFloatKernel
{
    /// <summary>Distance; smaller is nearer.</summary>
    static abstract float Distance(float* a, float* b, nint paddedLength);
}
