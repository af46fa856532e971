using System.Diagnostics;
using AkiDb.Embedding;

namespace AkiDb.Benchmarks.Embed;

/// <summary>Queries at the service's rate, whatever the answers take: latency counts from when a query was due.</summary>
internal static class SteadyQueries
{
    /// <summary>Row S1: a replica answers 350 queries a second.</summary>
    private const int PerSecond = 350;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string[] texts)
    {
        foreach (string model in new[] { EmbeddingSettings.DefaultModel, EmbeddingSettings.SmallDefaultModel })
        {
            using ITextEmbedder embedder = await TextEmbedders.LoadAsync(new EmbeddingSettings { Model = model });
            await MeasureAsync(embedder, texts, TimeSpan.FromSeconds(1));
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            double[] latencies = await MeasureAsync(embedder, texts, Length);
            cpu = Environment.CpuUsage.TotalTime - cpu;
            Console.WriteLine($"{PerSecond} queries/s for {Length.TotalSeconds:F0} s, {model}: P50 {At(latencies, 0.5):F2} ms, P95 {At(latencies, 0.95):F2} ms, " +
                $"P99 {At(latencies, 0.99):F2} ms; {cpu / Length:P0} of one core, this generator included");
        }
    }

    private static async Task<double[]> MeasureAsync(ITextEmbedder embedder, string[] texts, TimeSpan length)
    {
        var running = new Task<double>[(int)(PerSecond * length.TotalSeconds)];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < running.Length; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)i / PerSecond);
            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } early)
            {
                Thread.Sleep(early);
            }

            running[i] = OneAsync(embedder, texts[i % texts.Length], start, due);
        }

        double[] latencies = await Task.WhenAll(running);
        Array.Sort(latencies);
        return latencies;
    }

    private static async Task<double> OneAsync(ITextEmbedder embedder, string text, long start, TimeSpan due)
    {
        await embedder.EmbedAsync([text]);
        return (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds;
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
