using AkiDb.VectorIndex;

namespace AkiDb.Benchmarks.Index;

/// <summary>
/// Vectors with the structure of embeddings: clusters around centres, each cluster a low-rank cloud plus a little noise
/// in all directions. Queries are drawn like vectors. Everything follows from the seed.
/// </summary>
internal static class SyntheticData
{
    /// <summary>Clustered vectors for L2.</summary>
    public static DataSet Clustered(string name, int count, int dimension, int clusters, int rank, int queries, int seed)
    {
        var vectors = Draw(count + queries, dimension, clusters, rank, noise: 0.1f, seed);
        return new DataSet(
            name, dimension, DistanceMetric.L2, vectors[..(count * dimension)], vectors[(count * dimension)..]);
    }

    private static float[] Draw(int rows, int dimension, int clusters, int rank, float noise, int seed)
    {
        var random = new Random(seed);
        // One basis for all clouds, as in embeddings: topics differ in place more than in shape.
        var basis = Gaussians(random, rank * 4 * dimension, 1f / MathF.Sqrt(dimension));
        var centres = Gaussians(random, clusters * dimension, 1f);
        var vectors = new float[(long)rows * dimension];
        Span<float> weights = stackalloc float[rank];
        for (var row = 0; row < rows; row++)
        {
            // Uneven sizes: the square makes low cluster numbers more frequent.
            var draw = random.NextDouble();
            var cluster = (int)(draw * draw * clusters);
            var vector = vectors.AsSpan(row * dimension, dimension);
            centres.AsSpan(cluster * dimension, dimension).CopyTo(vector);
            // Each cloud spans its own quarter of the basis.
            var offset = cluster % 4 * rank;
            foreach (ref var weight in weights)
            {
                weight = Gaussian(random) * MathF.Sqrt(dimension / (float)rank);
            }

            for (var r = 0; r < rank; r++)
            {
                AddScaled(vector, basis.AsSpan((offset + r) * dimension, dimension), weights[r]);
            }

            foreach (ref var component in vector)
            {
                component += noise * Gaussian(random);
            }
        }

        return vectors;
    }

    /// <summary>Maximum-likelihood intrinsic dimension (Levina and Bickel, NIPS 2004) from each query's true neighbours.</summary>
    public static double IntrinsicDimension(DataSet data)
    {
        var estimates = new List<double>();
        for (var q = 0; q < data.QueryCount; q++)
        {
            var distances = Enumerable.Range(0, DataSet.K)
                .Select(i => Distance(data.Query(q), data.Vectors.AsSpan(data.Truth[(q * DataSet.K) + i] * data.Dimension, data.Dimension)))
                .ToArray();
            var sum = distances[..^1].Sum(distance => Math.Log(distances[^1] / Math.Max(distance, 1e-12)));
            estimates.Add(sum / (DataSet.K - 2));
        }

        return 1 / estimates.Average();
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (double)(a[i] - b[i]);
        }

        return Math.Sqrt(sum);
    }

    private static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += source[i] * factor;
        }
    }

    private static float[] Gaussians(Random random, int count, float scale)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = Gaussian(random) * scale;
        }

        return values;
    }

    // Box and Muller, 1958; the second number of the pair is not worth keeping here.
    private static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
