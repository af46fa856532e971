namespace AkiDb.VectorIndex.Memory;

/// <summary>Sizes that follow from the options: what one slot takes in each array.</summary>
internal sealed class VectorShape
{
    public VectorShape(IndexOptions options)
    {
        Dimension = options.Dimension;
        PaddedDimension = RoundUp(options.Dimension, 16);
        CodeBytes = RoundUp(options.Dimension, 64);
        IsQuantized = options.Quantization == VectorQuantization.Scalar8;
        IsGraph = options.Structure == IndexStructure.Hnsw;
        UpperLinks = options.LinksPerNode;
        BaseLinks = 2 * options.LinksPerNode;
    }

    /// <summary>Components a caller sees.</summary>
    public int Dimension { get; }

    /// <summary>Components a stored vector has: whole cache lines, the rest zero, so that kernels need no tail.</summary>
    public int PaddedDimension { get; }

    public int VectorBytes => PaddedDimension * sizeof(float);

    /// <summary>Bytes of one code: whole cache lines, the rest zero.</summary>
    public int CodeBytes { get; }

    public bool IsQuantized { get; }

    public bool IsGraph { get; }

    /// <summary>Most links a slot has on each level above the base.</summary>
    public int UpperLinks { get; }

    /// <summary>Most links a slot has on the base level (2·M, as the HNSW paper advises).</summary>
    public int BaseLinks { get; }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
