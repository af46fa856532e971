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
        (string Name, Func<Task<Pass>> Run)[] contestants =
        [
            ("TensorFlow.js (wasm), text to vector", () => Task.FromResult(peers.Run("tfjs", texts.Length / 5))),
            ($"onnxruntime-node {peers.OnnxRuntimeVersion}, ids to vector", () => Task.FromResult(peers.Run("ort", texts.Length))),
            ("ours, text to vector", () => OneByOneAsync(exact, texts)),
            ("ours int8, text to vector", () => OneByOneAsync(small, texts)),
        ];
        Pass[] medians = await MeasureAsync(rounds, [.. contestants.Select(contestant => contestant.Run)]);
        Console.WriteLine("one query at a time, one thread          ms a query   processor ms   processor time of TensorFlow.js   of onnxruntime-node");
        for (int i = 0; i < contestants.Length; i++)
        {
            (double seconds, double cpu) = (medians[i].Seconds, medians[i].CpuSeconds);
            Console.WriteLine($"  {contestants[i].Name,-40}{seconds * 1_000,9:F3}{cpu * 1_000,15:F3}" +
                $"{medians[0].CpuSeconds / cpu,27:F1} x less{medians[1].CpuSeconds / cpu,15:F2} x less");
        }
    }

    private static async Task BatchesAsync(int rounds, string[] texts, ITextEmbedder exact, ITextEmbedder small)
    {
        Pass[] medians = await MeasureAsync(rounds,
        [
            () => OneByOneAsync(exact, texts), () => TogetherAsync(exact, texts), () => OneByOneAsync(small, texts), () => TogetherAsync(small, texts),
        ]);
        Console.WriteLine($"all queries in one request instead of one by one: {medians[0].CpuSeconds / medians[1].CpuSeconds:F2} x less processor time, " +
            $"int8 {medians[2].CpuSeconds / medians[3].CpuSeconds:F2} x");
    }

    private static async Task<Pass[]> MeasureAsync(int rounds, Func<Task<Pass>>[] runs)
    {
        var passes = new Pass[runs.Length, rounds];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < runs.Length; i++)
            {
                Pass pass = await runs[i]();
                // The first time warms up.
                if (round >= 0)
                {
                    passes[i, round] = pass;
                }
            }
        }

        return [.. Enumerable.Range(0, runs.Length).Select(i => new Pass(
            Statistics.Median(Enumerable.Range(0, rounds).Select(round => passes[i, round].Seconds)),
            Statistics.Median(Enumerable.Range(0, rounds).Select(round => passes[i, round].CpuSeconds))))];
    }

    private static Task<Pass> OneByOneAsync(ITextEmbedder embedder, string[] texts) => TimeAsync(texts.Length, async () =>
    {
        foreach (string text in texts)
        {
            await embedder.EmbedAsync([text]);
        }
    });

    private static Task<Pass> TogetherAsync(ITextEmbedder embedder, string[] texts) =>
        TimeAsync(texts.Length, async () => await embedder.EmbedAsync(texts));

    private static async Task<Pass> TimeAsync(int texts, Func<Task> run)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await run();
        return new Pass(Stopwatch.GetElapsedTime(start).TotalSeconds / texts, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / texts);
    }
}
