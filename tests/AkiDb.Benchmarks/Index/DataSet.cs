using AkiDb.VectorIndex;

namespace AkiDb.Benchmarks.Index;

/// <summary>Vectors, queries and, for each query, the true k nearest.</summary>
internal sealed record DataSet(string Name, int Dimension, DistanceMetric Metric, float[] Vectors, float[] Queries)
{
    /// <summary>k of every measurement.</summary>
    public const int K = 10;

    public int Count => Vectors.Length / Dimension;

    public int QueryCount => Queries.Length / Dimension;

    /// <summary>Row numbers of the true neighbours, K a query.</summary>
    public int[] Truth { get; private set; } = [];

    public ReadOnlySpan<float> Query(int i) => Queries.AsSpan(i * Dimension, Dimension);

    /// <summary>Computes <see cref="Truth"/> by exhaustive search.</summary>
    public DataSet WithTruth()
    {
        using var exact = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = Dimension,
            Metric = Metric,
            Structure = IndexStructure.Flat,
            InitialCapacity = Count,
        });
        exact.UpsertMany(Keys(), Vectors);
        var truth = new int[QueryCount * K];
        Parallel.For(0, QueryCount, q =>
        {
            Span<Neighbor> found = stackalloc Neighbor[K];
            exact.Search(Query(q), found);
            for (var i = 0; i < K; i++)
            {
                truth[(q * K) + i] = (int)found[i].Key;
            }
        });
        Truth = truth;
        return this;
    }

    /// <summary>Row numbers as keys.</summary>
    public ulong[] Keys() => [.. Enumerable.Range(0, Count).Select(row => (ulong)row)];
}
