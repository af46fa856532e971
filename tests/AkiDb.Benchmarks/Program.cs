using AkiDb.Benchmarks.Alerting;
using AkiDb.Benchmarks.Embed;
using AkiDb.Benchmarks.Forecast;
using AkiDb.Benchmarks.Index;
using AkiDb.Benchmarks.Plan;
using AkiDb.Benchmarks.Policies;
using AkiDb.Benchmarks.Router;
using AkiDb.Benchmarks.Search;

// Roles that a benchmark starts in processes of their own.
if (args is ["plain-yarp", var listen, var destination])
{
    await PlainYarp.RunAsync(listen, destination, CancellationToken.None);
    return 0;
}

// One line a benchmark: what follows `bench` on the command line, and what runs. Ratios within one run are the result; times
// are this machine's.
var benchmarks = new Dictionary<string, Func<string[], Task<int>>>
{
    ["alerts"] = rest => AlertsBench.Create().Parse(rest).InvokeAsync(),
    ["embed"] = EmbedBenchmark.RunAsync,
    ["forecast"] = rest => Task.FromResult(ForecastBenchmark.Run(rest)),
    ["index"] = IndexBenchmark.RunAsync,
    ["policies"] = _ => PoliciesBench.RunAsync(CancellationToken.None),
    ["preview"] = PreviewBenchmark.RunAsync,
    ["router"] = rest => RouterBench.Create().Parse(rest).InvokeAsync(),
    ["search"] = rest => SearchBench.Create().Parse(rest).InvokeAsync(),
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    await Console.Error.WriteLineAsync($"Wanted one of: {string.Join(", ", benchmarks.Keys)}. Found: {(args.Length == 0 ? "nothing" : args[0])}.");
    return 2;
}

return await run(args[1..]);
