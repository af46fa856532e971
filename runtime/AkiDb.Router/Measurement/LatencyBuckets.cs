namespace AkiDb.Router.Measurement;

/// <summary>
/// Logarithmic buckets for milliseconds: sixteen to an octave, 1/16 ms to 17 minutes, so a bucket's middle is within 3.2 % of
/// every value in it. The index is read off the bits of the number, with no logarithm on the hot path.
/// </summary>
internal static class LatencyBuckets
{
    public const int Count = Octaves * PerOctave;

    private const int PerOctaveBits = 4;
    private const int PerOctave = 1 << PerOctaveBits;
    private const int Octaves = 24;
    private const int MantissaBits = 52;
    private const int FirstExponent = -4;
    private const int ExponentBias = 1023;

    /// <summary>Bucket of <paramref name="ms"/>; values outside the range fall in the first or last.</summary>
    public static int IndexOf(double ms)
    {
        if (!(ms > 0))
        {
            return 0;
        }

        var bits = BitConverter.DoubleToInt64Bits(ms) >> (MantissaBits - PerOctaveBits);
        return (int)Math.Clamp(bits - ((ExponentBias + FirstExponent) << PerOctaveBits), 0, Count - 1);
    }

    /// <summary>Middle of a bucket, in milliseconds.</summary>
    public static double MiddleOf(int index)
    {
        var octave = Math.ScaleB(1, (index >> PerOctaveBits) + FirstExponent);
        return octave * (1 + (((index & (PerOctave - 1)) + 0.5) / PerOctave));
    }
}
