namespace AkiDb.Router.Measurement;

/// <summary>
/// Random numbers that many threads may draw without a lock and that a seed repeats: SplitMix64 over a counter
/// (Steele, Lea and Flood, OOPSLA 2014).
/// </summary>
internal sealed class RandomSequence(long seed)
{
    private const long GoldenGamma = unchecked((long)0x9E3779B97F4A7C15);
    private long _state = seed;

    /// <summary>An integer from 0 up to but without <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)((((ulong)Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number from 0 up to but without 1.</summary>
    public double Unit() => ((ulong)Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Sixty-four random bits.</summary>
    public long Next()
    {
        var z = (ulong)Interlocked.Add(ref _state, GoldenGamma);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (long)(z ^ (z >> 31));
    }
}
