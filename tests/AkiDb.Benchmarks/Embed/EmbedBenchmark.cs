using System.Diagnostics;
using System.Globalization;
using AkiDb.Benchmarks.Index;
using AkiDb.Embedding;
using AkiDb.Embedding.Tokens;
using AkiDb.TestKit;

namespace AkiDb.Benchmarks.Embed;

/// <summary>`bench embed [ROUNDS]`: the default model beside its own implementation and onnxruntime-node, in one run.</summary>
internal static class EmbedBenchmark
{
    private const int LongestQuery = 12;
    private const int Queries = 100;

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = 7;
        if (args.Length > 1 || (args is [var text] && !(int.TryParse(text, CultureInfo.InvariantCulture, out rounds) && rounds is >= 1 and <= 1_000)))
        {
            await Console.Error.WriteLineAsync("Usage: bench embed [ROUNDS], 1 to 1,000 of them.");
            return 2;
        }

        string root = Environment.GetEnvironmentVariable("AKIDB_ROOT") ?? throw new InvalidOperationException("Run it as ./akidb bench embed.");
        byte[] vocabulary = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "models/universal-sentence-encoder-lite/vocab.json"));
        UnigramTokenizer tokenizer = UnigramTokenizer.Parse(vocabulary, 128);
        string[] texts = [.. WordNet.Glosses(20_000, longest: 60).Where(gloss => tokenizer.Tokenize(gloss).Ids.Length is >= 4 and <= LongestQuery).Take(Queries)];
        int[][] ids = [.. texts.Select(query => tokenizer.Tokenize(query).Ids)];
        Console.WriteLine($"{Environment.ProcessorCount} cores; {Queries} queries of {ids.Min(list => list.Length)} to {ids.Max(list => list.Length)} tokens, " +
            $"{ids.Average(list => list.Length):F1} on average; {rounds} interleaved rounds, medians.");

        using ITextEmbedder exact = await TextEmbedders.LoadAsync(new EmbeddingSettings { Threads = 1 });
        using ITextEmbedder small = await TextEmbedders.LoadAsync(new EmbeddingSettings { Model = EmbeddingSettings.SmallDefaultModel, Threads = 1 });
        using var peers = new NodePeers(root, texts, ids);
        await CompareAsync(rounds, texts, exact, small, peers);
        await BatchesAsync(rounds, texts, exact, small);
        await SteadyQueries.RunAsync(texts);
        await Agreement.RunAsync(exact, small);
        return 0;
    }

    private static async Task CompareAsync(int rounds, string[] texts, ITextEmbedder exact, ITextEmbedder small, NodePeers peers)
    {
        (string Name, Func<Task<double>> Run)[] contestants =
        [
            ("TensorFlow.js (wasm), text to vector", () => Task.FromResult(peers.Run("tfjs", texts.Length / 5) * 5)),
            ($"onnxruntime-node {peers.OnnxRuntimeVersion}, ids to vector", () => Task.FromResult(peers.Run("ort", texts.Length))),
            ("ours, text to vector", () => OneByOneAsync(exact, texts)),
            ("ours int8, text to vector", () => OneByOneAsync(small, texts)),
        ];
        double[] medians = await MeasureAsync(rounds, [.. contestants.Select(contestant => contestant.Run)]);
        Console.WriteLine("one query at a time, one thread                   ms a query   against TensorFlow.js   against onnxruntime-node");
        for (int i = 0; i < contestants.Length; i++)
        {
            Console.WriteLine($"  {contestants[i].Name,-48}{medians[i] * 1_000 / texts.Length,10:F3}{medians[0] / medians[i],20:F1} x{medians[1] / medians[i],22:F2} x");
        }
    }

    private static async Task BatchesAsync(int rounds, string[] texts, ITextEmbedder exact, ITextEmbedder small)
    {
        double[] medians = await MeasureAsync(rounds,
        [
            () => OneByOneAsync(exact, texts), () => TogetherAsync(exact, texts), () => OneByOneAsync(small, texts), () => TogetherAsync(small, texts),
        ]);
        Console.WriteLine($"all queries in one request, one thread: {medians[0] / medians[1]:F2} x as fast as one by one; int8 {medians[2] / medians[3]:F2} x");
    }

    private static async Task<double[]> MeasureAsync(int rounds, Func<Task<double>>[] runs)
    {
        var seconds = new double[runs.Length, rounds];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < runs.Length; i++)
            {
                double measured = await runs[i]();
                // The first time warms up.
                if (round >= 0)
                {
                    seconds[i, round] = measured;
                }
            }
        }

        return [.. Enumerable.Range(0, runs.Length).Select(i => Statistics.Median(Enumerable.Range(0, rounds).Select(round => seconds[i, round])))];
    }

    private static async Task<double> OneByOneAsync(ITextEmbedder embedder, string[] texts)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (string text in texts)
        {
            await embedder.EmbedAsync([text]);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> TogetherAsync(ITextEmbedder embedder, string[] texts)
    {
        long start = Stopwatch.GetTimestamp();
        await embedder.EmbedAsync(texts);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
