using AkiDb.TestKit;
using AkiDb.VectorIndex;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed class ConcurrencyTests
{
    private const int Dimension = 16;
    private const int Keys = 64;

    [Theory]
    [InlineData(IndexStructure.Flat, VectorQuantization.None)]
    [InlineData(IndexStructure.Hnsw, VectorQuantization.None)]
    [InlineData(IndexStructure.Hnsw, VectorQuantization.Scalar8)]
    public async Task Search_WhileEveryKeyIsReplaced_SeesEachKeyExactlyOnceWithOneOfItsVectors(
        IndexStructure structure, VectorQuantization quantization)
    {
        // Each key's vectors are its own direction with a length that says which version it is. A reader that mixed two
        // versions, read a half-written vector or a reused slot would see a key twice, not at all, or a distance that
        // belongs to no version.
        using var index = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = Dimension,
            Metric = DistanceMetric.L2,
            Structure = structure,
            Quantization = quantization,
        });
        for (var key = 0; key < Keys; key++)
        {
            index.Upsert((ulong)key, VectorOf(key, version: 0));
        }

        using var done = new CancellationTokenSource();
        using var reading = new CountdownEvent(3);
        var readers = Enumerable.Range(0, 3).Select(_ => OnOwnThread(() => ReadUntil(index, reading, done.Token))).ToArray();
        reading.Wait();
        var writers = Enumerable.Range(0, 2).Select(writer => OnOwnThread(() => ReplaceAll(index, writer, rounds: 300))).ToArray();
        await Task.WhenAll(writers);
        await done.CancelAsync();
        var searches = (await Task.WhenAll(readers)).Sum();

        searches.Should().BeGreaterThan(100);
        index.Count.Should().Be(Keys);
        index.Repair();
        index.GetStatistics().Tombstones.Should().Be(0);
    }

    [Theory]
    [InlineData(VectorQuantization.None)]
    [InlineData(VectorQuantization.Scalar8)]
    public async Task AllOperations_AtOnceWithGrowthAndRetraining_EndInWhatTheLastWritesSay(VectorQuantization quantization)
    {
        var vectors = new TestVectors(4000, Dimension, seed: 50);
        using var folder = new TemporaryFolder();
        using var index = new NearestNeighborIndex(new IndexOptions
        {
            Dimension = Dimension,
            Metric = DistanceMetric.L2,
            Quantization = quantization,
            ConstructionWidth = 40,
        });
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(seed => OnOwnThread(() =>
        {
            var random = new Random(seed);
            var results = new Neighbor[20];
            while (!done.IsCancellationRequested)
            {
                var found = index.Search(vectors[random.Next(vectors.Count)], results, new SearchSettings
                {
                    Filter = random.Next(2) == 0 ? null : new KeySet(Enumerable.Range(0, 2000).Select(i => (ulong)i * 2)),
                });
                results[..found].Select(result => result.Key).Should().OnlyHaveUniqueItems();
            }
        })).ToArray();
        // Each writer owns a quarter of the keys: adds all, replaces some, deletes every third.
        var writers = Enumerable.Range(0, 4).Select(writer => OnOwnThread(() =>
        {
            for (var row = writer; row < vectors.Count; row += 4)
            {
                index.Add((ulong)row, vectors[vectors.Count - 1 - row]).Should().BeTrue();
                index.Upsert((ulong)row, vectors[row]);
                if (row % 3 == 0)
                {
                    index.Delete((ulong)row).Should().BeTrue();
                }
            }
        })).ToArray();
        var saver = OnOwnThread(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                index.Save(folder.At("snapshot"));
                using var snapshot = NearestNeighborIndex.Load(folder.At("snapshot"));
                snapshot.Count.Should().BeLessThanOrEqualTo(vectors.Count);
            }
        });
        await Task.WhenAll([.. writers, saver]);
        await done.CancelAsync();
        await Task.WhenAll(readers);

        index.Count.Should().Be(vectors.Count - ((vectors.Count + 2) / 3));
        var queries = new TestVectors(100, Dimension, seed: 50, stream: 1);
        vectors.Recall(index, queries, k: 10, new SearchSettings { Width = 80 }, key => key % 3 != 0).Should().BeGreaterThan(0.95);
    }

    [Fact]
    public async Task Dispose_WhileSearching_WaitsAndThenRefuses()
    {
        var vectors = new TestVectors(2000, Dimension, seed: 51);
        var index = new NearestNeighborIndex(new IndexOptions { Dimension = Dimension, Metric = DistanceMetric.L2 });
        index.UpsertMany(vectors.Keys, vectors.All);
        using var started = new CountdownEvent(3);
        var readers = Enumerable.Range(0, 3).Select(_ => OnOwnThread(() =>
        {
            var results = new Neighbor[10];
            started.Signal();
            try
            {
                for (var q = 0; ; q = (q + 1) % vectors.Count)
                {
                    index.Search(vectors[q], results);
                }
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        })).ToArray();
        started.Wait();
        index.Dispose();

        (await Task.WhenAll(readers)).Should().OnlyContain(isRefused => isRefused);
    }

    // The pool starts with a thread a core and adds others slowly: readers might come when writers are gone.
    private static Task<T> OnOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task OnOwnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static float[] VectorOf(int key, int version)
    {
        var vector = new float[Dimension];
        vector[key % Dimension] = 10 + (key / Dimension);
        vector[(key + 1) % Dimension] = version;
        return vector;
    }

    private static void ReplaceAll(NearestNeighborIndex index, int writer, int rounds)
    {
        for (var version = 1; version <= rounds; version++)
        {
            for (var key = writer; key < Keys; key += 2)
            {
                index.Upsert((ulong)key, VectorOf(key, version % 4));
            }
        }
    }

    private static long ReadUntil(NearestNeighborIndex index, CountdownEvent reading, CancellationToken done)
    {
        var query = Enumerable.Repeat(1f, Dimension).ToArray();
        var allowed = Enumerable.Range(0, Keys)
            .Select(key => Enumerable.Range(0, 4).Select(version => Squared(query, VectorOf(key, version))).ToArray())
            .ToArray();
        var results = new Neighbor[Keys + 10];
        var seen = new bool[Keys];
        long searches = 0;
        reading.Signal();
        while (!done.IsCancellationRequested)
        {
            var found = index.Search(query, results, new SearchSettings { Width = 400 });
            searches++;
            Array.Clear(seen);
            foreach (var (key, distance) in results.AsSpan(0, found))
            {
                seen[key].Should().BeFalse("key {0} must not come twice", key);
                seen[key] = true;
                allowed[key].Should().Contain(distance, "key {0} has no vector at another distance", key);
            }

            found.Should().Be(Keys, "every key exists all the time");
        }

        return searches;
    }

    private static float Squared(float[] a, float[] b) => a.Zip(b).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));
}
