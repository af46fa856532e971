using System.CommandLine;
using System.Globalization;

namespace AkiDb.Benchmarks.Router;

/// <summary>
/// <c>bench router</c>: the router beside plain YARP, nginx, nginx with the specification's Lua and Redis, and HAProxy, all before the same
/// backend, in interleaved rounds of one run. Only ratios within a run mean anything; times are this machine's.
/// </summary>
internal static class RouterBench
{
    private const int Connections = 64;

    // Short and many: on a shared machine the best round is the one in which nobody else ran.
    private const int HalfLoadRounds = 12;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds; each measures every proxy once.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "Length of one measurement.", DefaultValueFactory = _ => 3 };
        var command = new Command("router", "The router beside other proxies.") { rounds, seconds };
        command.SetAction((arguments, _) => RunAsync(arguments.GetValue(rounds), arguments.GetValue(seconds)));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, int seconds)
    {
        await using var contenders = await Contenders.StartAsync();
        var results = contenders.All.ToDictionary(one => one, _ => new List<Measurement>());
        foreach (var contender in contenders.All)
        {
            // The just-in-time compiler needs some tens of thousands of requests.
            await WrkRun.ExecuteAsync(contender.Port, Connections, seconds + 2);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders.All)
            {
                results[contender].Add(await MeasureAsync(contender, seconds));
            }
        }

        WriteThroughput(results);
        WriteHalfLoad(contenders.All, results);
        return results.Values.SelectMany(list => list).Any(one => one.Wrk.Errors > 0) ? 1 : 0;
    }

    private static async Task<Measurement> MeasureAsync(Contender contender, int seconds)
    {
        var (cpu, allocated) = (Cpu(contender), await AllocatedAsync(contender));
        var run = await WrkRun.ExecuteAsync(contender.Port, Connections, seconds);
        return new Measurement(run, (Cpu(contender) - cpu) / run.Requests, (await AllocatedAsync(contender) - allocated) / run.Requests);
    }

    private static void WriteThroughput(Dictionary<Contender, List<Measurement>> results)
    {
        var yarp = Median(Find(results, "plain YARP"), one => one.Wrk.Rps);
        var lua = Median(Find(results, "nginx + Lua + Redis"), one => one.Wrk.Rps);
        Console.WriteLine($"Full load, wrk with {Connections} connections, medians of {results.Values.First().Count} interleaved rounds, {Environment.ProcessorCount} cores shared by all:");
        Console.WriteLine($"{"proxy",-22} {"req/s",8} {"P50 ms",7} {"P99 ms",7} {"CPU us/req",10} {"B/req",7} {"x YARP",7} {"x nginx+Lua",11} {"errors",7}");
        foreach (var (contender, runs) in results)
        {
            var rps = Median(runs, one => one.Wrk.Rps);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{contender.Name,-22} {rps,8:0} {Median(runs, one => one.Wrk.P50Ms),7:0.00} {Median(runs, one => one.Wrk.P99Ms),7:0.00} {Or(Median(runs, one => one.CpuMicroseconds), "0.0"),10} {Or(Median(runs, one => one.AllocatedBytes), "0"),7} {rps / yarp,7:0.00} {rps / lua,11:0.00} {runs.Sum(one => one.Wrk.Errors),7}"));
        }

        Console.WriteLine();
    }

    private static void WriteHalfLoad(IReadOnlyList<Contender> contenders, Dictionary<Contender, List<Measurement>> results)
    {
        var rps = Median(Find(results, "router"), one => one.Wrk.Rps) / 2;
        Console.WriteLine($"Half load, {rps:0} requests/s at a fixed rate, latency from when each was due, best of {HalfLoadRounds} interleaved rounds of a second:");
        Console.WriteLine($"{"proxy",-22} {"P50 ms",7} {"P99 ms",7} {"added P50",9} {"added P99",9}");
        var best = contenders.ToDictionary(one => one, _ => (P50: double.MaxValue, P99: double.MaxValue));
        for (var round = 0; round < HalfLoadRounds; round++)
        {
            foreach (var contender in contenders)
            {
                var sorted = SteadyLoad.Run(contender.Port, rps, TimeSpan.FromSeconds(1));
                best[contender] = (Math.Min(best[contender].P50, sorted[sorted.Length / 2]), Math.Min(best[contender].P99, sorted[(int)(sorted.Length * 0.99)]));
            }
        }

        var direct = best[contenders[0]];
        foreach (var (contender, (p50, p99)) in best)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{contender.Name,-22} {p50,7:0.000} {p99,7:0.000} {p50 - direct.P50,9:0.000} {p99 - direct.P99,9:0.000}"));
        }
    }

    private static List<Measurement> Find(Dictionary<Contender, List<Measurement>> results, string name) => results.Single(pair => pair.Key.Name == name).Value;

    private static double Cpu(Contender contender) => contender.Server is { } server ? ProcessorTime.MicrosecondsOf(server.Id) : double.NaN;

    private static async Task<double> AllocatedAsync(Contender contender)
    {
        if (contender.AllocatedPath is not { } path)
        {
            return double.NaN;
        }

        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{contender.Port}{path}"));
        var line = text.Split('\n').Single(one => one.StartsWith(Telemetry.Metrics.ProcessMetrics.AllocatedBytes + " ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static double Median(List<Measurement> runs, Func<Measurement, double> value) => runs.Select(value).Order().ElementAt(runs.Count / 2);

    private static string Or(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Measurement(WrkRun Wrk, double CpuMicroseconds, double AllocatedBytes);
}
