namespace AkiDb.VectorIndex.Distances;

/// <summary>Register width of the distance kernels.</summary>
public enum SimdWidth
{
    /// <summary>The widest that the processor has.</summary>
    Widest = 0,

    /// <summary>128 bits in portable operations: the path of NEON and of processors without AVX2.</summary>
    Vector128 = 128,

    /// <summary>256 bits: AVX2.</summary>
    Vector256 = 256,

    /// <summary>512 bits: AVX-512 F and BW.</summary>
    Vector512 = 512,
}
