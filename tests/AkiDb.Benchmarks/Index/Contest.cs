using AkiDb.VectorIndex;
using AkiDb.VectorIndex.Distances;

namespace AkiDb.Benchmarks.Index;

/// <summary>All contestants on one data set: build, memory, and queries per second at equal recall.</summary>
internal static class Contest
{
    public const int Links = 16;
    public const int Construction = 200;

    // Debian's faiss builds several times slower than hnswlib: it would take most of an hour for a million vectors.
    private const int MostComponentsForFaiss = 20_000_000;

    public static void Run(DataSet data, BenchmarkArguments arguments, int buildThreads)
    {
        data.WithTruth();
        Console.WriteLine(
            $"\n{data.Name}, {data.Metric}, {data.QueryCount} queries, intrinsic dimension {SyntheticData.IntrinsicDimension(data):f1}");
        using var files = new PeerFiles();
        var contestants = new List<IContestant>();
        try
        {
            // Millions of vectors take minutes: say what the wait is for.
            Console.Error.WriteLine($"building each contestant's index of {data.Count:n0} vectors …");
            if (arguments.WithPeers)
            {
                files.Write(data);
                AddIfThere(contestants, files.Hnswlib(data, Links, Construction, buildThreads));
                if (data.Vectors.Length <= MostComponentsForFaiss)
                {
                    AddIfThere(contestants, files.Faiss(data, Links, Construction, buildThreads));
                }
            }

            contestants.AddRange(Own(data, buildThreads));
            PrintBuilds(contestants, buildThreads);
            foreach (var recall in new[] { 0.95, 0.99 })
            {
                foreach (var threads in new[] { 1, 2 })
                {
                    PrintDuel(Duel.Fight(contestants, recall, threads, arguments.Rounds), data, recall, threads);
                }
            }
        }
        finally
        {
            contestants.ForEach(contestant => contestant.Dispose());
        }
    }

    // The narrower kernels are measured once, on the small set: each is a build of its own.
    private static IEnumerable<IContestant> Own(DataSet data, int buildThreads)
    {
        var options = new IndexOptions
        {
            Dimension = data.Dimension,
            Metric = data.Metric,
            LinksPerNode = Links,
            ConstructionWidth = Construction,
        };
        yield return new OwnIndex("float32", data, options, buildThreads);
        yield return new OwnIndex("int8 + re-rank", data, options with { Quantization = VectorQuantization.Scalar8 }, buildThreads);
        if (SimdWidths.Detected == SimdWidth.Vector512 && data.Dimension <= 128 && data.Count <= 100_000)
        {
            var narrow = options with { Simd = SimdWidth.Vector256 };
            yield return new OwnIndex("float32, AVX2", data, narrow, buildThreads);
            yield return new OwnIndex(
                "int8 + re-rank, AVX2", data, narrow with { Quantization = VectorQuantization.Scalar8 }, buildThreads);
        }
    }

    private static void AddIfThere(List<IContestant> contestants, IContestant? contestant)
    {
        if (contestant is not null)
        {
            contestants.Add(contestant);
        }
    }

    private static void PrintBuilds(List<IContestant> contestants, int threads)
    {
        Console.WriteLine(
            $"  {$"build, {threads} thread(s)",-24}{"wall s",9}{"x hnswlib",11}{"CPU s",9}{"x hnswlib",11}{"bytes/vector",14}");
        var first = contestants[0];
        foreach (var contestant in contestants)
        {
            Console.WriteLine(
                $"  {contestant.Name,-24}{contestant.BuildSeconds,9:f1}{contestant.BuildSeconds / first.BuildSeconds,11:f2}"
                + $"{contestant.BuildCpuSeconds,9:f1}{contestant.BuildCpuSeconds / first.BuildCpuSeconds,11:f2}"
                + $"{contestant.BytesPerVector,14:f0}");
        }
    }

    private static void PrintDuel(List<Duel.Line> lines, DataSet data, double recall, int threads)
    {
        Console.WriteLine(
            $"  {$"recall {recall}, {threads} thread(s)",-24}{"ef",5}{"recall",8}{"queries/s",12}{"[min-max]",18}{"x hnswlib",11}"
            + $"{"per CPU s",12}{"x hnswlib",11}");
        foreach (var line in lines)
        {
            var (fastest, slowest) = line.Range;
            Console.WriteLine(
                $"  {line.Contestant.Name,-24}{line.Width,5}{line.Recall,8:f4}{data.QueryCount / line.Median,12:n0}"
                + $"{$"[{data.QueryCount / slowest:f0}-{data.QueryCount / fastest:f0}]",18}{lines[0].Median / line.Median,11:f2}"
                + $"{data.QueryCount / line.MedianCpu,12:n0}{lines[0].MedianCpu / line.MedianCpu,11:f2}");
        }
    }
}
