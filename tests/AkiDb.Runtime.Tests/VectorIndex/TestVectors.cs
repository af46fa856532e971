using AkiDb.VectorIndex;

namespace AkiDb.Runtime.Tests.VectorIndex;

/// <summary>Clustered vectors, queries, and the truth by a plain double-precision scan that shares no code with the index.</summary>
internal sealed class TestVectors
{
    private readonly float[] _values;

    /// <summary>Rows around centres that follow from <paramref name="seed"/>; another <paramref name="stream"/> gives other rows.</summary>
    public TestVectors(int count, int dimension, int seed, int stream = 0, int clusters = 20)
    {
        (Count, Dimension) = (count, dimension);
        var random = new Random(seed);
        var centres = Enumerable.Range(0, clusters * dimension).Select(_ => Gaussian(random)).ToArray();
        _values = new float[count * dimension];
        random = new Random((seed * 1000) + stream);
        for (var i = 0; i < count; i++)
        {
            var cluster = random.Next(clusters);
            for (var d = 0; d < dimension; d++)
            {
                _values[(i * dimension) + d] = centres[(cluster * dimension) + d] + (0.6f * Gaussian(random));
            }
        }
    }

    public int Count { get; }

    public int Dimension { get; }

    public ReadOnlyMemory<float> All => _values;

    public ReadOnlyMemory<ulong> Keys => Enumerable.Range(0, Count).Select(i => (ulong)i).ToArray();

    public ReadOnlySpan<float> this[int row] => _values.AsSpan(row * Dimension, Dimension);

    public static double Distance(DistanceMetric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double dot = 0, aa = 0, bb = 0, l2 = 0;
        for (var i = 0; i < a.Length; i++)
        {
            dot += a[i] * (double)b[i];
            aa += a[i] * (double)a[i];
            bb += b[i] * (double)b[i];
            l2 += (a[i] - (double)b[i]) * (a[i] - (double)b[i]);
        }

        return metric switch
        {
            DistanceMetric.L2 => l2,
            DistanceMetric.Dot => -dot,
            _ => 1 - (dot / Math.Sqrt(aa * bb)),
        };
    }

    /// <summary>The true k nearest among the rows that <paramref name="keeps"/> keeps.</summary>
    public HashSet<ulong> Nearest(DistanceMetric metric, ReadOnlySpan<float> query, int k, Func<ulong, bool>? keeps = null)
    {
        var distances = new List<(double Distance, ulong Key)>();
        for (var row = 0; row < Count; row++)
        {
            if (keeps is null || keeps((ulong)row))
            {
                distances.Add((Distance(metric, query, this[row]), (ulong)row));
            }
        }

        return [.. distances.Order().Take(k).Select(pair => pair.Key)];
    }

    /// <summary>Share of the true k nearest that the index finds, over the rows of <paramref name="queries"/>.</summary>
    public double Recall(
        NearestNeighborIndex index, TestVectors queries, int k, SearchSettings settings = default, Func<ulong, bool>? keeps = null)
    {
        var results = new Neighbor[k];
        int hits = 0, wanted = 0;
        for (var q = 0; q < queries.Count; q++)
        {
            var truth = Nearest(index.Options.Metric, queries[q], k, keeps);
            var found = index.Search(queries[q], results, settings);
            hits += results[..found].Count(neighbor => truth.Contains(neighbor.Key));
            wanted += truth.Count;
        }

        return hits / (double)wanted;
    }

    private static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
