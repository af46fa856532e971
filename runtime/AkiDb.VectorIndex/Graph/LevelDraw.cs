namespace AkiDb.VectorIndex.Graph;

/// <summary>The level of a new slot: geometric with ratio 1/M, as the HNSW paper advises, drawn from the key itself.</summary>
internal static class LevelDraw
{
    /// <summary>Highest level: reached by one key in M³⁰.</summary>
    public const int Highest = 30;

    private const double OneIn53Bits = 1.0 / (1UL << 53);

    /// <summary>Level of <paramref name="key"/>: the same in every run with the same seed.</summary>
    public static int For(ulong key, ulong seed, int linksPerNode)
    {
        // Uniform in (0, 1]: zero has no logarithm.
        var uniform = ((Mix(key + Mix(seed)) >> 11) + 1) * OneIn53Bits;
        return Math.Min(Highest, (int)(-Math.Log(uniform) / Math.Log(linksPerNode)));
    }

    // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E37_79B9_7F4A_7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return value ^ (value >> 31);
    }
}
