using AkiDb.VectorIndex;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed class ChurnTests
{
    private const int Count = 4000;
    private const int Dimension = 32;

    [Theory]
    [InlineData(VectorQuantization.None)]
    [InlineData(VectorQuantization.Scalar8)]
    public void Upsert_TenRoundsReplacingAFifth_KeepsTheRecallOfAFreshIndex(VectorQuantization quantization)
    {
        var pool = new TestVectors(Count * 3, Dimension, seed: 20);
        var queries = new TestVectors(200, Dimension, seed: 20, stream: 1);
        var options = new IndexOptions { Dimension = Dimension, Metric = DistanceMetric.L2, Quantization = quantization };
        using var churned = new NearestNeighborIndex(options);
        var rows = Enumerable.Range(0, Count).ToArray();
        Fill(churned, pool, rows);
        var random = new Random(21);
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < Count / 5; i++)
            {
                var key = random.Next(Count);
                rows[key] = random.Next(pool.Count);
                if (i % 2 == 0)
                {
                    churned.Upsert((ulong)key, pool[rows[key]]);
                }
                else
                {
                    churned.Delete((ulong)key).Should().BeTrue();
                    churned.Add((ulong)key, pool[rows[key]]).Should().BeTrue();
                }
            }
        }

        using var fresh = new NearestNeighborIndex(options);
        Fill(fresh, pool, rows);
        churned.Count.Should().Be(Count);
        var settings = new SearchSettings { Width = 24 };
        var (churnedRecall, freshRecall) = (Recall(churned, pool, rows, queries, settings), Recall(fresh, pool, rows, queries, settings));
        freshRecall.Should().BeGreaterThan(0.85);
        churnedRecall.Should().BeGreaterThan(freshRecall - 0.01, "a fresh index of the same vectors finds {0}", freshRecall);
        churned.GetStatistics().Repaired.Should().BeGreaterThan(Count);
        churned.GetStatistics().Capacity.Should().BeLessThan(3 * Count, "freed slots are used again");
    }

    [Fact]
    public void Delete_NineTenths_LeavesTheRestFindable()
    {
        var vectors = new TestVectors(Count, Dimension, seed: 22);
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = Dimension, Metric = DistanceMetric.L2 });
        index.UpsertMany(vectors.Keys, vectors.All);
        for (var key = 0; key < Count; key++)
        {
            if (key % 10 != 0)
            {
                index.Delete((ulong)key).Should().BeTrue();
                index.Delete((ulong)key).Should().BeFalse();
            }
        }

        index.Count.Should().Be(Count / 10);
        var queries = new TestVectors(100, Dimension, seed: 22, stream: 1);
        vectors.Recall(index, queries, k: 10, new SearchSettings { Width = 40 }, key => key % 10 == 0).Should().BeGreaterThan(0.97);
        index.Repair();
        index.GetStatistics().Tombstones.Should().Be(0);
        vectors.Recall(index, queries, k: 10, new SearchSettings { Width = 40 }, key => key % 10 == 0).Should().BeGreaterThan(0.97);
    }

    [Fact]
    public void Delete_AFewMore_WaitsUntilARepairIsWorthItsPass()
    {
        var vectors = new TestVectors(640, Dimension, seed: 26);
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = Dimension, Metric = DistanceMetric.L2 });
        index.UpsertMany(vectors.Keys, vectors.All);
        for (ulong key = 0; key < 15; key++)
        {
            index.Delete(key);
        }

        // A 64th of 640, and then one, starts a repair; the few after it wait for the next.
        index.GetStatistics().Repaired.Should().Be(10);
        index.GetStatistics().Tombstones.Should().Be(5);
    }

    [Fact]
    public void Delete_Everything_ThenInsert_StartsANewGraph()
    {
        var vectors = new TestVectors(500, Dimension, seed: 23);
        using var index = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = Dimension,
            Metric = DistanceMetric.L2,
            Quantization = VectorQuantization.Scalar8,
        });
        var results = new Neighbor[10];
        for (var round = 0; round < 5; round++)
        {
            index.UpsertMany(vectors.Keys, vectors.All);
            vectors.Recall(index, vectors, k: 1, new SearchSettings { Width = 60 }).Should().BeGreaterThan(0.99);
            foreach (var key in vectors.Keys.Span)
            {
                index.Delete(key).Should().BeTrue();
            }

            index.Count.Should().Be(0);
            index.Search(vectors[0], results).Should().Be(0);
        }
    }

    [Fact]
    public void Add_ExistingKey_ChangesNothing()
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 2, Metric = DistanceMetric.L2 });
        index.Add(5, [1, 2]).Should().BeTrue();
        index.Add(5, [3, 4]).Should().BeFalse();

        var vector = new float[2];
        index.TryGetVector(5, vector).Should().BeTrue();
        vector.Should().Equal(1, 2);
        index.Count.Should().Be(1);
        var results = new Neighbor[2];
        index.Search([3, 4], results).Should().Be(1);
        results[0].Should().Be(new Neighbor(5, 8));
    }

    [Fact]
    public void Upsert_DriftFarFromTheTrainedRange_RetrainsTheCodes()
    {
        using var index = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = Dimension,
            Metric = DistanceMetric.L2,
            Quantization = VectorQuantization.Scalar8,
        });
        var near = new TestVectors(3000, Dimension, seed: 24);
        index.UpsertMany(near.Keys, near.All);
        // Ten times the spread: with the old range nearly all codes would be 0 or 127.
        var far = new TestVectors(1000, Dimension, seed: 25);
        var scaled = far.All.ToArray().Select(component => component * 10).ToArray();
        for (var i = 0; i < far.Count; i++)
        {
            index.Upsert((ulong)(10_000 + i), scaled.AsSpan(i * Dimension, Dimension));
        }

        index.GetStatistics().ClippedShare.Should().BeLessThan(0.02);
        var results = new Neighbor[1];
        var found = Enumerable.Range(0, far.Count).Count(i =>
            index.Search(scaled.AsSpan(i * Dimension, Dimension), results) == 1 && results[0].Key == (ulong)(10_000 + i));
        found.Should().BeGreaterThan(980);
    }

    private static void Fill(NearestNeighborIndex index, TestVectors pool, int[] rows)
    {
        for (var key = 0; key < rows.Length; key++)
        {
            index.Upsert((ulong)key, pool[rows[key]]);
        }
    }

    private static double Recall(NearestNeighborIndex index, TestVectors pool, int[] rows, TestVectors queries, SearchSettings settings)
    {
        var results = new Neighbor[10];
        var hits = 0.0;
        for (var q = 0; q < queries.Count; q++)
        {
            // By distance, not by key: the same row may stand under two keys.
            var query = queries[q].ToArray();
            var reach = rows.Select(row => TestVectors.Distance(DistanceMetric.L2, query, pool[row])).Order().ElementAt(9);
            var found = index.Search(query, results, settings);
            hits += results[..found].Count(result => result.Distance <= reach * (1 + 1e-5));
        }

        return hits / (10 * queries.Count);
    }
}
