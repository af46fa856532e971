using System.Globalization;
using AkiDb.Benchmarks.Router;
using AkiDb.SearchEngine.Torture;
using AkiDb.TestKit;

namespace AkiDb.Benchmarks.Search;

/// <summary>Two servers on copies of one store, one of which exports its spans; the same load in turn.</summary>
internal static class TracingComparison
{
    private const int Rounds = 8;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(5);

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
            var (off, on) = (new List<Round>(), new List<Round>());
            // Both just-in-time compilers are warm before it counts.
            await OpenLoad.RunAsync(http, SearchBench.QueryUrl(plain.Url), questions, rate, Warmup);
            await OpenLoad.RunAsync(http, SearchBench.QueryUrl(traced.Url), questions, rate, Warmup);
            for (var round = 0; round < Rounds; round++)
            {
                // Who is first changes, so that a machine that grows busier favours neither.
                if (round % 2 == 0)
                {
                    off.Add(await LoadAsync(plain));
                    on.Add(await LoadAsync(traced));
                }
                else
                {
                    on.Add(await LoadAsync(traced));
                    off.Add(await LoadAsync(plain));
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rate:0} queries/s, {Rounds} interleaved rounds of {length.TotalSeconds / Rounds:0.0} s, medians; the collector got {collector.Bytes:#,0} bytes of spans"));
            foreach (var share in new[] { 0.5, 0.95, 0.99 })
            {
                var (without, with) = (Median(off, round => round.Load.Quantile(share)), Median(on, round => round.Load.Quantile(share)));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"P{share * 100:0}: without {without:0.00} ms, with {with:0.00} ms, difference {with - without:+0.00;-0.00} ms"));
            }

            var (cpuWithout, cpuWith) = (Median(off, round => round.CpuMicroseconds), Median(on, round => round.CpuMicroseconds));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"server CPU a query: without {cpuWithout:0} us, with {cpuWith:0} us, difference {cpuWith - cpuWithout:+0;-0} us"));
            return collector.Bytes > 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }

        async Task<Round> LoadAsync(EngineProcess engine)
        {
            var before = ProcessorTime.MicrosecondsOf(engine.Id);
            var load = await OpenLoad.RunAsync(http, SearchBench.QueryUrl(engine.Url), questions, rate, length / Rounds);
            return new Round(load, (ProcessorTime.MicrosecondsOf(engine.Id) - before) / Math.Max(1, load.Sorted.Length));
        }
    }

    private static double Median(List<Round> rounds, Func<Round, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    private static void CopyStore(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private sealed record Round(LoadResult Load, double CpuMicroseconds);
}
