using AkiDb.VectorIndex;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed class FilterTests : IDisposable
{
    private const int Count = 20_000;
    private const int Dimension = 24;
    private static readonly TestVectors Vectors = new(Count, Dimension, seed: 30);
    private static readonly TestVectors Queries = new(40, Dimension, seed: 30, stream: 1);
    private readonly NearestNeighborIndex _index = Build();

    public void Dispose() => _index.Dispose();

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(1.0)]
    public void Search_FilterThatKeepsAnyShare_FindsTheTrueNeighborsAmongThem(double share)
    {
        var filter = new Scattered(share);

        var recall = Vectors.Recall(_index, Queries, k: 10, new SearchSettings { Width = 100, Filter = filter }, filter.Matches);

        recall.Should().BeGreaterThan(0.97);
        AssertOnlyMatching(filter);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public void Search_FilterThatKeepsOnlyFarVectors_FindsThemAll(double share)
    {
        // The survivors are those furthest from the query: the hardest case for a search that starts near it.
        var query = Queries[0].ToArray();
        var far = Enumerable.Range(0, Count)
            .OrderByDescending(row => TestVectors.Distance(DistanceMetric.L2, query, Vectors[row]))
            .Take((int)(share * Count)).Select(row => (ulong)row).ToHashSet();
        var filter = new Predicate(far.Contains);
        var truth = Vectors.Nearest(DistanceMetric.L2, query, 10, far.Contains);
        var results = new Neighbor[10];

        _index.Search(query, results, new SearchSettings { Width = 100, Filter = filter }).Should().Be(10);

        results.Count(result => truth.Contains(result.Key)).Should().BeGreaterThanOrEqualTo(9);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    [InlineData(10_000)]
    public void Search_KeySet_FindsTheTrueNeighborsAmongTheKeys(int size)
    {
        var random = new Random(31);
        var keys = Enumerable.Range(0, size).Select(_ => (ulong)random.Next(Count)).Append(999_999_999UL).ToHashSet();
        var filter = new KeySet(keys);

        var recall = Vectors.Recall(_index, Queries, k: 10, new SearchSettings { Width = 100, Filter = filter }, keys.Contains);

        recall.Should().BeGreaterThan(0.97);
        AssertOnlyMatching(filter);
    }

    [Fact]
    public void Search_FilterThatKeepsNothing_FindsNothing()
    {
        var results = new Neighbor[10];

        _index.Search(Queries[0], results, new SearchSettings { Filter = new Predicate(_ => false) }).Should().Be(0);
        _index.Search(Queries[0], results, new SearchSettings { Filter = new KeySet([]) }).Should().Be(0);
    }

    [Fact]
    public void Search_FilterThatKeepsFewerThanWanted_FindsEachOfThem()
    {
        var results = new Neighbor[10];

        var found = _index.Search(Queries[0], results, new SearchSettings { Filter = new Predicate(key => key is 5 or 17 or 19_999) });

        results[..found].Select(result => result.Key).Should().BeEquivalentTo([5UL, 17UL, 19_999UL]);
    }

    [Fact]
    public void Search_FilterWithFewMatchesAfterDeletes_NeverReturnsADeletedKey()
    {
        for (ulong key = 0; key < 2000; key += 2)
        {
            _index.Delete(key);
        }

        var results = new Neighbor[50];
        foreach (var share in new[] { 0.01, 0.2, 0.8 })
        {
            var filter = new Scattered(share);
            var found = _index.Search(Queries[1], results, new SearchSettings { Filter = filter });
            results[..found].Should().OnlyContain(result => filter.Matches(result.Key) && (result.Key >= 2000 || result.Key % 2 == 1));
        }
    }

    private static NearestNeighborIndex Build()
    {
        var index = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = Dimension,
            Metric = DistanceMetric.L2,
            Quantization = VectorQuantization.Scalar8,
            ConstructionWidth = 100,
        });
        index.UpsertMany(Vectors.Keys, Vectors.All);
        return index;
    }

    private void AssertOnlyMatching(IKeyFilter filter)
    {
        var results = new Neighbor[50];
        for (var q = 0; q < Queries.Count; q++)
        {
            var found = _index.Search(Queries[q], results, new SearchSettings { Filter = filter });
            results[..found].Should().OnlyContain(result => filter.Matches(result.Key));
            results[..found].Select(result => result.Key).Should().OnlyHaveUniqueItems();
        }
    }

    /// <summary>Keeps a share of the keys, scattered evenly.</summary>
    private sealed class Scattered(double share) : IKeyFilter
    {
        private readonly double _share = share;

        public bool Matches(ulong key) => (key * 0x9E37_79B9_7F4A_7C15UL >> 11) * (1.0 / (1UL << 53)) < _share;
    }

    private sealed class Predicate(Func<ulong, bool> matches) : IKeyFilter
    {
        public bool Matches(ulong key) => matches(key);
    }
}
