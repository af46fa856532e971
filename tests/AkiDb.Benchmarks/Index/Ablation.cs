using System.Diagnostics;
using AkiDb.VectorIndex;
using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Engines;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.Benchmarks.Index;

/// <summary>What each trick gives: one graph, one ef, one thread, one trick more a row.</summary>
internal static unsafe class Ablation
{
    private const int Width = 64;

    public static void Run(DataSet data, int rounds)
    {
        if (SimdWidths.Detected != SimdWidth.Vector512)
        {
            Console.WriteLine("\nThe ablation compares with AVX-512 kernels, which this processor lacks: left out.");
            return;
        }

        data.WithTruth();
        using var own = new OwnIndex(
            "int8",
            data,
            new IndexOptions
            {
                Dimension = data.Dimension,
                Metric = data.Metric,
                Quantization = VectorQuantization.Scalar8,
                LinksPerNode = Contest.Links,
                ConstructionWidth = Contest.Construction,
            },
            buildThreads: 2);
        var folder = Directory.CreateTempSubdirectory("akidb-bench-");
        var path = Path.Combine(folder.FullName, "index");
        own.Index.Save(path);
        using var mapped = NearestNeighborIndex.Load(path, SimdWidth.Vector256);
        using var mappedNarrow = NearestNeighborIndex.Load(path, SimdWidth.Vector128);
        using var mappedWide = NearestNeighborIndex.Load(path);
        var rows = new List<(string Name, Func<int, Span<int>, int> Search)>();
        using var runner = new GraphRunner(data, own.Index);
        using var onSmallPages = new GraphRunner(data, mappedWide);
        rows.Add(("two heaps, hash set, scalar distance", (q, found) => runner.Textbook(q, found, TextbookSearch.ScalarL2)));
        rows.Add(("+ SIMD distance", (q, found) => runner.Textbook(q, found, (a, b, length) => Simd(a, b, length))));
        rows.Add(("+ one sorted array, bit set, no allocation (4 KiB pages)", (q, found) =>
            onSmallPages.Traverse<WithoutPrefetch<FloatDistance<SquaredL2Vector512>>>(q, found)));
        rows.Add(("+ huge pages", (q, found) => runner.Traverse<WithoutPrefetch<FloatDistance<SquaredL2Vector512>>>(q, found)));
        rows.Add(("+ prefetch = float32", (q, found) => runner.Traverse<FloatDistance<SquaredL2Vector512>>(q, found)));
        rows.Add(("+ int8 codes, re-rank 20, no prefetch", (q, found) =>
            runner.Traverse<WithoutPrefetch<CodeDistance<CodeSquaredL2Vector512>>>(q, found)));
        rows.Add(("+ prefetch = int8 + re-rank", (q, found) => runner.Traverse<CodeDistance<CodeSquaredL2Vector512>>(q, found)));
        rows.Add(("  the same through Search()", (q, found) => Search(own.Index, data, q, found, 0)));
        rows.Add(("  the same, re-rank 10 (none to spare)", (q, found) => Search(own.Index, data, q, found, 10)));
        rows.Add(("  the same, re-rank all 64", (q, found) => Search(own.Index, data, q, found, Width)));
        rows.Add(("  the same, mapped file (4 KiB pages)", (q, found) => Search(mappedWide, data, q, found, 0)));
        rows.Add(("  the same, mapped file, AVX2", (q, found) => Search(mapped, data, q, found, 0)));
        rows.Add(("  the same, mapped file, 128 bits", (q, found) => Search(mappedNarrow, data, q, found, 0)));
        Console.WriteLine($"\nablation on {data.Name}, ef {Width}, one thread\n  {"",-58}{"queries/s",12}{"recall",10}");
        Print(data, rows, rounds);
        folder.Delete(recursive: true);
    }

    private static void Print(DataSet data, List<(string Name, Func<int, Span<int>, int> Search)> rows, int rounds)
    {
        var seconds = rows.ConvertAll(_ => new List<double>());
        var recalls = new double[rows.Count];
        Span<int> found = stackalloc int[DataSet.K];
        // One round more than asked: the first compiles and warms, and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var hits = 0;
                var clock = Stopwatch.StartNew();
                for (var q = 0; q < data.QueryCount; q++)
                {
                    var count = rows[row].Search(q, found);
                    foreach (var slot in found[..count])
                    {
                        hits += data.Truth.AsSpan(q * DataSet.K, DataSet.K).Contains(slot) ? 1 : 0;
                    }
                }

                if (round > 0)
                {
                    seconds[row].Add(clock.Elapsed.TotalSeconds);
                }

                recalls[row] = hits / (double)(data.QueryCount * DataSet.K);
            }
        }

        for (var row = 0; row < rows.Count; row++)
        {
            Console.WriteLine($"  {rows[row].Name,-58}{data.QueryCount / Statistics.Median(seconds[row]),12:n0}{recalls[row],10:f4}");
        }
    }

    private static float Simd(float* a, float* b, int length) => SquaredL2Vector512.Distance(a, b, length);

    private static int Search(NearestNeighborIndex index, DataSet data, int q, Span<int> found, int rerank)
    {
        Span<Neighbor> neighbors = stackalloc Neighbor[DataSet.K];
        var count = index.Search(data.Query(q), neighbors, new SearchSettings { Width = Width, Rerank = rerank });
        for (var i = 0; i < count; i++)
        {
            found[i] = (int)neighbors[i].Key;
        }

        return count;
    }

    /// <summary>Runs traversals on an index's arrays, without the index around them.</summary>
    private sealed class GraphRunner : IDisposable
    {
        private readonly DataSet _data;
        private readonly Generation _generation;
        private readonly (int Slot, int Level) _entry;
        private readonly SearchScratch _scratch;

        public GraphRunner(DataSet data, NearestNeighborIndex index)
        {
            _data = data;
            (_generation, _entry) = index.Graph;
            _scratch = new SearchScratch(_generation.Shape, new ReaderPin());
        }

        public int Textbook(int q, Span<int> found, TextbookSearch.Measure measure)
        {
            Prepare(q);
            var distance = FloatDistance<SquaredL2Vector512>.ForQuery(_generation, _scratch);
            var start = Traversal<FloatDistance<SquaredL2Vector512>>.Descend(
                distance, _generation, Candidate.Pack(distance.To(_entry.Slot), _entry.Slot), _entry.Level, 0);
            var slots = TextbookSearch.Nearest(_generation, Candidate.Slot(start), _scratch.Query, Width, DataSet.K, measure);
            for (var i = 0; i < slots.Count; i++)
            {
                found[i] = (int)_generation.Keys[slots[i]];
            }

            return slots.Count;
        }

        public int Traverse<TDistance>(int q, Span<int> found)
            where TDistance : struct, IVectorDistance<TDistance>
        {
            Prepare(q);
            var distance = TDistance.ForQuery(_generation, _scratch);
            var start = Traversal<TDistance>.Descend(
                distance, _generation, Candidate.Pack(distance.To(_entry.Slot), _entry.Slot), _entry.Level, 0);
            var size = Traversal<TDistance>.Search(
                distance, new BaseLevel(_generation), _generation.Capacity, _scratch, start, Width);
            _scratch.ReserveFound(size);
            size = Math.Min(size, 2 * DataSet.K);
            new ReadOnlySpan<ulong>(_scratch.Pool, size).CopyTo(new Span<ulong>(_scratch.Found, size));
            var count = ExactScan<SquaredL2Vector512>.Rerank(_generation, _scratch, size, DataSet.K);
            for (var i = 0; i < count; i++)
            {
                found[i] = (int)_generation.Keys[Candidate.Slot(_scratch.Found[i])];
            }

            return count;
        }

        public void Dispose() => _scratch.Dispose();

        private void Prepare(int q) => _data.Query(q).CopyTo(new Span<float>(_scratch.Query, _data.Dimension));
    }
}
