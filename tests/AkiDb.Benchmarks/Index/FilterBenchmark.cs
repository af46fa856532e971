using System.Diagnostics;
using AkiDb.VectorIndex;
using AkiDb.VectorIndex.Engines;

namespace AkiDb.Benchmarks.Index;

/// <summary>Filtered queries: each strategy at each selectivity, beside the one that the index chooses.</summary>
internal static class FilterBenchmark
{
    private const int Width = 100;
    private static readonly double[] Shares = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99];

    public static void Run(DataSet data)
    {
        var options = new IndexOptions
        {
            Dimension = data.Dimension,
            Metric = data.Metric,
            Quantization = VectorQuantization.Scalar8,
            LinksPerNode = Contest.Links,
            ConstructionWidth = Contest.Construction,
        };
        using var own = new OwnIndex("int8", data, options, buildThreads: 2);
        Console.WriteLine($"\nfilters on {data.Name}, int8, ef {Width}, one thread: queries/s (recall)");
        Console.WriteLine($"  {"kept",-8}{string.Concat(Enum.GetNames<FilterStrategy>().Select(name => $"{name,22}"))}");
        foreach (var share in Shares)
        {
            var line = $"  {share,-8:p1}";
            var truth = Measure(own.Index, data, share, FilterStrategy.Scan, null).Found;
            foreach (var strategy in Enum.GetValues<FilterStrategy>())
            {
                // Warmed once: the first pass compiles.
                _ = Measure(own.Index, data, share, strategy, truth);
                var (speed, recall, _) = Measure(own.Index, data, share, strategy, truth);
                line += $"{$"{speed:n0} ({recall:f3})",22}";
            }

            Console.WriteLine(line);
        }
    }

    private static (double QueriesPerSecond, double Recall, ulong[] Found) Measure(
        NearestNeighborIndex index, DataSet data, double share, FilterStrategy strategy, ulong[]? truth)
    {
        const int Queries = 300;
        var filter = new Scattered(share);
        var settings = new SearchSettings { Width = Width, Filter = filter };
        var found = new ulong[Queries * DataSet.K];
        Span<Neighbor> results = stackalloc Neighbor[DataSet.K];
        var clock = Stopwatch.StartNew();
        for (var q = 0; q < Queries; q++)
        {
            var count = index.Search(data.Query(q), results, settings, strategy);
            for (var i = 0; i < count; i++)
            {
                found[(q * DataSet.K) + i] = results[i].Key;
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;
        var hits = truth is null ? 0 : Enumerable.Range(0, Queries).Sum(q =>
            found.AsSpan(q * DataSet.K, DataSet.K).ToArray().Intersect(truth.AsSpan(q * DataSet.K, DataSet.K).ToArray()).Count());
        return (Queries / seconds, hits / (double)found.Length, found);
    }

    /// <summary>Keeps a share of the keys, scattered evenly over the data.</summary>
    private sealed class Scattered(double share) : IKeyFilter
    {
        private readonly double _share = share;

        public bool Matches(ulong key) => ((key * 0x9E37_79B9_7F4A_7C15UL) >> 11) * (1.0 / (1UL << 53)) < _share;
    }
}
