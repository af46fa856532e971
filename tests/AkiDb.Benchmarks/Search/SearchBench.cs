using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using AkiDb.Benchmarks.Router;
using AkiDb.SearchEngine.Torture;
using AkiDb.TestKit;

namespace AkiDb.Benchmarks.Search;

/// <summary>
/// <c>bench search</c>: text queries at a fixed rate against the real process, open loop. Latency from when each request was due, errors,
/// memory over time; with <c>--tracing</c> two servers on the same documents, one exporting spans, in interleaved rounds.
/// </summary>
internal static class SearchBench
{
    private const string Collection = "glosses";
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var rate = new Option<double>("--rate") { Description = "Queries a second.", DefaultValueFactory = _ => 350 };
        var seconds = new Option<int>("--seconds") { Description = "Length of the measurement.", DefaultValueFactory = _ => 30 };
        var documents = new Option<int>("--documents") { Description = "Documents in the collection, at most 117,659.", DefaultValueFactory = _ => 100_000 };
        var model = new Option<string?>("--model") { Description = "Embedding model; default: the engine's." };
        var keep = new Option<string?>("--data") { Description = "Folder of the store, kept for the next run; default: a temporary one." };
        var tracing = new Option<bool>("--tracing") { Description = "Compare with and without export of spans." };
        var command = new Command("search", "Text queries at a fixed rate.") { rate, seconds, documents, model, keep, tracing };
        command.SetAction((arguments, cancellation) => RunAsync(
            arguments.GetValue(rate), TimeSpan.FromSeconds(arguments.GetValue(seconds)), arguments.GetValue(documents), arguments.GetValue(model),
            arguments.GetValue(keep), arguments.GetValue(tracing), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(double rate, TimeSpan length, int count, string? model, string? keep, bool tracing, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = int.MaxValue }) { Timeout = TimeSpan.FromMinutes(30) };
        var texts = WordNet.First(count);
        var folder = keep is null ? Directory.CreateTempSubdirectory("akidb-bench-").FullName : Directory.CreateDirectory(keep).FullName;
        var arguments = new List<string> { "--data", folder, "--log", Path.Combine(folder, "requests.log") };
        if (model is not null)
        {
            arguments.AddRange(["--model", model]);
        }

        try
        {
            using (var engine = await EngineProcess.StartAsync(arguments, http, cancellation))
            {
                await LoadAsync(http, engine.Url, texts, cancellation);
                if (!tracing)
                {
                    return await MeasureAsync(http, engine, SearchTexts.Questions(texts, 5_000, seed: 1), rate, length);
                }
            }

            return await TracingComparison.RunAsync(http, arguments, folder, SearchTexts.Questions(texts, 5_000, seed: 1), rate, length, cancellation);
        }
        finally
        {
            if (keep is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    public static Uri QueryUrl(Uri server) => new(server, $"/api/v1/collections/{Collection}/query");

    private static async Task LoadAsync(HttpClient http, Uri url, List<string> texts, CancellationToken cancellation)
    {
        using var there = await http.GetAsync(new Uri(url, $"/api/v1/collections/{Collection}"), cancellation);
        if (there.IsSuccessStatusCode)
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        using var made = await http.PostAsJsonAsync(new Uri(url, "/api/v1/collections"), new { name = Collection, quantization = "int8" }, cancellation);
        made.EnsureSuccessStatusCode();
        using var lines = new ByteArrayContent(SearchTexts.ToLines(texts)) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        using var loaded = await http.PostAsync(new Uri(url, $"/api/v1/collections/{Collection}/import"), lines, cancellation);
        loaded.EnsureSuccessStatusCode();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{texts.Count:#,0} texts embedded, stored and indexed in {watch.Elapsed.TotalSeconds:0} s"));
    }

    private static async Task<int> MeasureAsync(HttpClient http, EngineProcess engine, List<byte[]> questions, double rate, TimeSpan length)
    {
        await OpenLoad.RunAsync(http, QueryUrl(engine.Url), questions, rate, Warmup);
        using var stop = new CancellationTokenSource();
        var memory = WatchMemoryAsync(engine.Id, length / 6, stop.Token);
        var cpu = ProcessorTime.MicrosecondsOf(engine.Id);
        var result = await OpenLoad.RunAsync(http, QueryUrl(engine.Url), questions, rate, length);
        var cpuPerRequest = (ProcessorTime.MicrosecondsOf(engine.Id) - cpu) / Math.Max(1, result.Sorted.Length);
        await stop.CancelAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rate:0} queries/s for {length.TotalSeconds:0} s, open loop, client and server on {Environment.ProcessorCount} cores; load average {LoadAverage()}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"P50 {result.Quantile(0.5):0.0} ms  P95 {result.Quantile(0.95):0.0} ms  P99 {result.Quantile(0.99):0.0} ms  max {result.Quantile(1):0.0} ms  errors {result.Errors}  answered {result.Sorted.Length / result.Seconds:0}/s  server CPU {cpuPerRequest:0} us/query"));
        if (result.FirstError is { } error)
        {
            Console.WriteLine($"first error: {error}");
        }

        Console.WriteLine($"resident memory, MiB: {string.Join(", ", await memory)}");
        return result.Errors == 0 ? 0 : 1;
    }

    private static async Task<List<long>> WatchMemoryAsync(int process, TimeSpan interval, CancellationToken stop)
    {
        var mebibytes = new List<long>();
        try
        {
            while (true)
            {
                using var server = Process.GetProcessById(process);
                mebibytes.Add(server.WorkingSet64 / 1024 / 1024);
                await Task.Delay(interval, stop);
            }
        }
        catch (OperationCanceledException)
        {
            return mebibytes;
        }
    }

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
