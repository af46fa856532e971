using AkiDb.TestKit;
using AkiDb.VectorIndex;
using AkiDb.VectorIndex.Distances;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed class SearchTests
{
    private static readonly TestVectors Vectors = new(5000, 40, seed: 10);
    private static readonly TestVectors Queries = new(100, 40, seed: 10, stream: 1);

    public static TheoryData<DistanceMetric, VectorQuantization, SimdWidth> AllPaths
    {
        get
        {
            var paths = new TheoryData<DistanceMetric, VectorQuantization, SimdWidth>();
            foreach (var metric in Enum.GetValues<DistanceMetric>())
            {
                foreach (var quantization in Enum.GetValues<VectorQuantization>())
                {
                    foreach (var width in Enum.GetValues<SimdWidth>().Where(width => width.IsSupported()))
                    {
                        paths.Add(metric, quantization, width);
                    }
                }
            }

            return paths;
        }
    }

    [Theory]
    [MemberData(nameof(AllPaths))]
    public void Search_EveryMetricPrecisionAndWidth_FindsTheTrueNeighbors(
        DistanceMetric metric, VectorQuantization quantization, SimdWidth width)
    {
        using var index = Build(metric, quantization, width);

        // Inner products are no metric: the longest vectors crowd the answers, and a graph finds the others less well.
        var wanted = metric == DistanceMetric.Dot ? 0.93 : 0.98;
        Vectors.Recall(index, Queries, k: 10, new SearchSettings { Width = 100 }).Should().BeGreaterThan(wanted);
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Dot)]
    [InlineData(DistanceMetric.L2)]
    public void Search_Flat_IsExactAndReportsTheDistance(DistanceMetric metric)
    {
        using var index = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = 40,
            Metric = metric,
            Structure = IndexStructure.Flat,
        });
        index.UpsertMany(Vectors.Keys, Vectors.All);
        Vectors.Recall(index, Queries, k: 10).Should().BeGreaterThan(0.999, "only ties within rounding may differ");
        AssertDistances(index, metric);
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Dot)]
    [InlineData(DistanceMetric.L2)]
    public void Search_Quantized_ReportsTheExactDistanceInOrder(DistanceMetric metric)
    {
        using var index = Build(metric, VectorQuantization.Scalar8, SimdWidth.Widest);
        AssertDistances(index, metric);
    }

    [Fact]
    public void Search_OneIndexOnAllWidths_GivesTheSameAnswers()
    {
        using var built = Build(DistanceMetric.L2, VectorQuantization.Scalar8, SimdWidth.Widest);
        using var folder = new TemporaryFolder();
        built.Save(folder.At("index"));
        var wide = new Neighbor[10];
        var narrow = new Neighbor[10];
        foreach (var width in Enum.GetValues<SimdWidth>().Where(width => width.IsSupported()))
        {
            using var index = NearestNeighborIndex.Load(folder.At("index"), width);
            for (var q = 0; q < Queries.Count; q++)
            {
                built.Search(Queries[q], wide).Should().Be(index.Search(Queries[q], narrow));
                // Codes are measured exactly on every width; only the float re-ranking may round differently.
                wide.Zip(narrow).Should().OnlyContain(pair => pair.First.Key == pair.Second.Key
                    && Math.Abs(pair.First.Distance - pair.Second.Distance) <= 1e-5 * pair.First.Distance);
            }
        }
    }

    [Fact]
    public void Search_FewerVectorsThanWanted_ReturnsAllOfThem()
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 40, Quantization = VectorQuantization.Scalar8 });
        var results = new Neighbor[10];
        index.Search(Vectors[0], results).Should().Be(0);
        for (var i = 0; i < 7; i++)
        {
            index.Add((ulong)i, Vectors[i]).Should().BeTrue();
            index.Search(Vectors[0], results).Should().Be(i + 1);
        }
    }

    [Fact]
    public void Search_KAsLargeAsTheIndex_ReturnsEveryKeyOnce()
    {
        using var index = Build(DistanceMetric.L2, VectorQuantization.Scalar8, SimdWidth.Widest);
        var results = new Neighbor[Vectors.Count];

        index.Search(Queries[0], results).Should().Be(Vectors.Count);

        results.Select(result => result.Key).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(VectorQuantization.None)]
    [InlineData(VectorQuantization.Scalar8)]
    public void Search_ManyEqualVectors_DoNotHideTheOthers(VectorQuantization quantization)
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 40, Metric = DistanceMetric.L2, Quantization = quantization });
        index.UpsertMany(Vectors.Keys, Vectors.All, parallelism: 1);
        for (var i = 0; i < 1000; i++)
        {
            index.Upsert((ulong)(100_000 + i), Vectors[0]);
        }

        var results = new Neighbor[10];
        var misses = 0;
        for (var row = 1; row < 500; row++)
        {
            index.Search(Vectors[row], results);
            misses += results[0].Key == (ulong)row ? 0 : 1;
        }

        misses.Should().BeLessThan(5);
        index.Search(Vectors[0], results);
        results.Should().OnlyContain(result => result.Distance == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(1031)]
    public void Search_AnyDimension_FindsAVectorByItself(int dimension)
    {
        var vectors = new TestVectors(300, dimension, seed: dimension);
        foreach (var metric in new[] { DistanceMetric.L2, DistanceMetric.Cosine })
        {
            using var index = new NearestNeighborIndex(new IndexOptions
            {
                Dimension = dimension,
                Metric = metric,
                Quantization = VectorQuantization.Scalar8,
            });
            index.UpsertMany(vectors.Keys, vectors.All);
            var results = new Neighbor[1];
            for (var row = 0; row < vectors.Count; row++)
            {
                index.Search(vectors[row], results, new SearchSettings { Width = 300, Rerank = 300 }).Should().Be(1);
                results[0].Distance.Should().BeLessThan(1e-5f);
            }
        }
    }

    [Fact]
    public void UpsertMany_OneThread_MakesTheSameGraphEachTime()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a", "b" })
        {
            using var index = Build(DistanceMetric.L2, VectorQuantization.Scalar8, SimdWidth.Widest);
            index.Save(folder.At(name));
        }

        File.ReadAllBytes(folder.At("a")).AsSpan().SequenceEqual(File.ReadAllBytes(folder.At("b"))).Should().BeTrue();
    }

    private static NearestNeighborIndex Build(DistanceMetric metric, VectorQuantization quantization, SimdWidth width)
    {
        var index = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = 40,
            Metric = metric,
            Quantization = quantization,
            Simd = width,
        });
        index.UpsertMany(Vectors.Keys, Vectors.All, parallelism: 1);
        return index;
    }

    private static void AssertDistances(NearestNeighborIndex index, DistanceMetric metric)
    {
        var results = new Neighbor[10];
        for (var q = 0; q < Queries.Count; q++)
        {
            index.Search(Queries[q], results).Should().Be(10);
            results.Should().BeInAscendingOrder(result => result.Distance);
            foreach (var (key, distance) in results)
            {
                var exact = TestVectors.Distance(metric, Queries[q], Vectors[(int)key]);
                ((double)distance).Should().BeApproximately(exact, 1e-5 * Math.Max(1, Math.Abs(exact)));
            }
        }
    }
}
