namespace AkiDb.VectorIndex.Quantization;

/// <summary>Chooses offsets and step from a sample of vectors.</summary>
internal static unsafe class QuantizerTraining
{
    /// <summary>Vectors that are enough: the spread of their components is known to well under one step.</summary>
    public const int SampleSize = 4096;

    /// <summary>
    /// Share of components inside the range. Clipping the rarest 5 in 10,000 buys a finer step for the rest;
    /// re-ranking makes up for what is clipped.
    /// </summary>
    public const double Coverage = 0.9995;

    private const int Bins = 8192;

    /// <summary>
    /// Trains on <paramref name="sample"/>: padded vectors, <paramref name="paddedDimension"/> floats each, at least one.
    /// </summary>
    public static ScalarQuantizer Train(ReadOnlySpan<float> sample, int paddedDimension, bool isSigned)
    {
        var count = sample.Length / paddedDimension;
        // One or two vectors say nothing about a centre: take zero and leave room around what was seen.
        var isTiny = count < 16;
        var centres = isSigned || isTiny ? new float[paddedDimension] : Means(sample, paddedDimension, count);
        var reach = Reach(sample, centres, paddedDimension, isTiny ? 1.0 : Coverage) * (isTiny ? 1.5f : 1f);
        if (!(reach > 0) || !float.IsFinite(reach))
        {
            // All vectors are equal: any step encodes them alike.
            reach = 1;
        }

        if (isSigned)
        {
            return new ScalarQuantizer(centres, reach / 127f, isSigned: true);
        }

        // A padding component is zero in every vector; its offset must give code zero too.
        var offsets = new float[paddedDimension];
        for (var i = 0; i < paddedDimension; i++)
        {
            offsets[i] = centres[i] - reach;
        }

        return new ScalarQuantizer(offsets, 2 * reach / 127f, isSigned: false);
    }

    private static float[] Means(ReadOnlySpan<float> sample, int paddedDimension, int count)
    {
        var sums = new double[paddedDimension];
        for (var i = 0; i < sample.Length; i++)
        {
            sums[i % paddedDimension] += sample[i];
        }

        return Array.ConvertAll(sums, sum => (float)(sum / count));
    }

    private static float Reach(ReadOnlySpan<float> sample, float[] centres, int paddedDimension, double coverage)
    {
        var largest = 0f;
        for (var i = 0; i < sample.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(sample[i] - centres[i % paddedDimension]));
        }

        if (coverage >= 1 || !(largest > 0))
        {
            return largest;
        }

        var histogram = new int[Bins + 1];
        for (var i = 0; i < sample.Length; i++)
        {
            histogram[(int)(Math.Abs(sample[i] - centres[i % paddedDimension]) / largest * Bins)]++;
        }

        var outside = (long)((1 - coverage) * sample.Length);
        var bin = Bins;
        for (long seen = histogram[bin]; seen <= outside && bin > 1; seen += histogram[--bin])
        {
        }

        return largest * (bin + 1) / Bins;
    }
}
