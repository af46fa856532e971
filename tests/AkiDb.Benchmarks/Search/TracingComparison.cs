using System.Globalization;
using AkiDb.SearchEngine.Torture;
using AkiDb.TestKit;

namespace AkiDb.Benchmarks.Search;

/// <summary>Two servers on copies of one store, one of which exports its spans; the same load in turn.</summary>
internal static class TracingComparison
{
    private const int Rounds = 7;

    public static async Task<int> RunAsync(
        HttpClient http, List<string> arguments, string folder, List<byte[]> questions, double rate, TimeSpan length, CancellationToken cancellation)
    {
        var copy = folder.TrimEnd('/') + ".traced";
        CopyStore(folder, copy);
        try
        {
            await using var collector = await SpanSink.StartAsync();
            using var plain = await EngineProcess.StartAsync(arguments, http, cancellation);
            using var traced = await EngineProcess.StartAsync([.. arguments.Select(argument => argument.Replace(folder, copy, StringComparison.Ordinal))], http, cancellation,
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
            var (off, on) = (new List<LoadResult>(), new List<LoadResult>());
            for (var round = -1; round < Rounds; round++)
            {
                var (first, second) = (await LoadAsync(plain), await LoadAsync(traced));
                if (round >= 0)
                {
                    off.Add(first);
                    on.Add(second);
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rate:0} queries/s, {Rounds} interleaved rounds of {length.TotalSeconds / Rounds:0.0} s, medians; the collector got {collector.Bytes:#,0} bytes of spans"));
            foreach (var share in new[] { 0.5, 0.95, 0.99 })
            {
                var (without, with) = (Median(off, share), Median(on, share));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"P{share * 100:0}: without {without:0.00} ms, with {with:0.00} ms, difference {with - without:+0.00;-0.00} ms"));
            }

            return collector.Bytes > 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }

        Task<LoadResult> LoadAsync(EngineProcess engine) => OpenLoad.RunAsync(http, SearchBench.QueryUrl(engine.Url), questions, rate, length / Rounds);
    }

    private static double Median(List<LoadResult> results, double share) => results.Select(result => result.Quantile(share)).Order().ElementAt(results.Count / 2);

    private static void CopyStore(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
