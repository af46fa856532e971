using AkiDb.VectorIndex.Distances;

namespace AkiDb.Benchmarks.Index;

/// <summary>`bench index`: the vector index beside hnswlib and faiss, on the same data, in one run.</summary>
internal static class IndexBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (BenchmarkArguments.Parse(args) is not { } arguments)
        {
            return 2;
        }

        Console.WriteLine(
            $"{Environment.ProcessorCount} cores, widest vectors {SimdWidths.Detected}; k = {DataSet.K}; M = {Contest.Links}, "
            + $"efConstruction = {Contest.Construction}; {arguments.Rounds} interleaved rounds, medians.");
        if (arguments.Wants("clustered-128"))
        {
            Contest.Run(Small(arguments), arguments, buildThreads: 1);
        }

        if (arguments.Wants("ablation"))
        {
            Ablation.Run(Small(arguments), arguments.Rounds);
        }

        if (arguments.Wants("filters"))
        {
            FilterBenchmark.Run(Small(arguments));
        }

        if (arguments.Wants("sentence-512"))
        {
            var rows = arguments.RowsOr(100_000, quick: 10_000);
            Contest.Run(await SentenceData.EmbedAsync(rows, queries: 1000), arguments, buildThreads: 2);
        }

        if (arguments.Wants("clustered-96"))
        {
            var rows = arguments.RowsOr(1_000_000, quick: 50_000);
            Contest.Run(
                SyntheticData.Clustered($"clustered {rows} x 96", rows, 96, clusters: 1000, rank: 40, queries: 1000, seed: 2),
                arguments,
                buildThreads: 2);
        }

        return 0;
    }

    private static DataSet Small(BenchmarkArguments arguments)
    {
        var rows = arguments.RowsOr(100_000, quick: 20_000);
        return SyntheticData.Clustered($"clustered {rows} x 128", rows, 128, clusters: 100, rank: 40, queries: 2000, seed: 1);
    }
}
