using System.Globalization;
using System.Text.Json;
using AkiDb.Router.Configuration;

namespace AkiDb.Router.Replay;

/// <summary>Compares the policies on one day and tells it to people or tools.</summary>
internal static class ReplayReport
{
    private const int DaysPerMonth = 30;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs every policy on the same arrivals.</summary>
    public static IReadOnlyList<ReplayResult> Compare(RouterConfig config, TrafficDay day, double scale, int seed, IReadOnlyList<Disturbance> disturbances)
    {
        // Real load counters see the scaled-down traffic, so the settings are scaled down with it.
        var scaled = config with
        {
            Backends = [.. config.Backends.Select(backend => backend with { CapacityRps = backend.CapacityRps * scale })],
        };
        return
        [
            Run((_, backends) => new UniformPolicy(backends.Count)),
            Run((_, backends) => new StaticRulePolicy(backends)),
            Run((time, _) => new RouterPolicy("router, P95 only", scaled with { MaxMissedBudgets = 1 }, time, seed)),
            Run((time, _) => new RouterPolicy($"router, {config.MaxMissedBudgets:P2} may miss", scaled, time, seed)),
        ];

        ReplayResult Run(Func<SimulatedTime, IReadOnlyList<SimulatedBackend>, IReplayPolicy> create)
        {
            var time = new SimulatedTime();
            var backends = config.Backends.Select(backend => new SimulatedBackend(backend, scale)).ToList();
            return new ReplayRun(day, backends, create(time, backends), time, disturbances).Execute(scale, seed);
        }
    }

    public static void Write(TextWriter output, RouterConfig config, TrafficDay day, double scale, string title, IReadOnlyList<ReplayResult> results)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{title}: {day.Name}, {day.MeanRps:0} requests/s on average, {day.PeakRps:0} at the peak; every {1 / scale:0}th request simulated"));
        output.WriteLine($"{"policy",-30} {"$/million",9} {"$/day",8} {"$/month",9} {"missed",8} {"refused",8}  {string.Join("  ", config.Backends.Select(backend => $"{backend.Name,9}"))}");
        foreach (var result in results)
        {
            var day1 = result.CostUsd / (decimal)scale;
            var shares = result.PerBackend.Select(count => $"{(double)count / result.Requests,9:P1}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{result.Policy,-30} {result.UsdPerMillion,9:0.000} {day1,8:0.00} {day1 * DaysPerMonth,9:0.00} {result.MissedShare,8:P3} {(double)result.Refused / result.Requests,8:P3}  {string.Join("  ", shares)}"));
        }

        output.WriteLine();
    }

    public static string ToJson(IEnumerable<(string Title, IReadOnlyList<ReplayResult> Results)> runs) =>
        JsonSerializer.Serialize(runs.Select(run => new { run.Title, run.Results }), Json);
}
