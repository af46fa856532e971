using AkiDb.VectorIndex;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed class AllocationTests
{
    private static readonly TestVectors Vectors = new(3000, 32, seed: 40);

    [Theory]
    [InlineData(IndexStructure.Hnsw, VectorQuantization.None)]
    [InlineData(IndexStructure.Hnsw, VectorQuantization.Scalar8)]
    [InlineData(IndexStructure.Flat, VectorQuantization.None)]
    public void Search_WarmThread_AllocatesNothing(IndexStructure structure, VectorQuantization quantization)
    {
        using var index = new NearestNeighborIndex(new IndexOptions { Dimension = 32, Structure = structure, Quantization = quantization });
        index.UpsertMany(Vectors.Keys, Vectors.All);
        var results = new Neighbor[10];
        SearchSettings[] all =
        [
            default,
            new() { Width = 200 },
            new() { Filter = new EveryNth(2) },
            new() { Filter = new EveryNth(10), Width = 20 },
            new() { Filter = new EveryNth(1000) },
            new() { Filter = new KeySet([1, 2, 3, 4]) },
        ];
        SearchAll();

        // The runtime allocates now and then, as when it compiles a method anew; a search that does would do so each time.
        var allocated = Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            SearchAll();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        allocated.Should().Be(0);

        void SearchAll()
        {
            foreach (var settings in all)
            {
                for (var q = 0; q < 50; q++)
                {
                    index.Search(Vectors[q], results, settings);
                }
            }
        }
    }

    private sealed class EveryNth(ulong n) : IKeyFilter
    {
        public bool Matches(ulong key) => key % n == 0;
    }
}
