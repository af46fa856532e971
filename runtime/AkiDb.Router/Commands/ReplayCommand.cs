using System.CommandLine;
using AkiDb.Router.Configuration;
using AkiDb.Router.Replay;

namespace AkiDb.Router.Commands;

/// <summary><c>router replay</c>: what a day of traffic costs under this policy and under others.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var trace = new Option<string?>("--trace") { Description = "CSV of timestamp,value, one line a minute; its busiest day is replayed. Default: a synthetic day." };
        var peak = new Option<double>("--peak") { Description = "Requests per second in the busiest minute.", DefaultValueFactory = _ => 2_500 };
        var sample = new Option<double>("--sample") { Description = "Share of the requests to simulate; capacities shrink alike.", DefaultValueFactory = _ => 0.1 };
        var seed = new Option<int>("--seed") { Description = "Seed of arrivals, budgets and latencies.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print figures as JSON." };
        peak.Validators.Add(result => Check(result.GetValueOrDefault<double>() > 0, result.AddError, "--peak must be above 0, for example 2500."));
        sample.Validators.Add(result => Check(result.GetValueOrDefault<double>() is > 0 and <= 1, result.AddError, "--sample must be above 0 and at most 1, for example 0.1."));
        var command = new Command("replay", "Replay a day of traffic: cost and missed budgets of this and other policies.") { config, trace, peak, sample, seed, json };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(config), arguments.GetValue(trace), arguments.GetValue(peak), arguments.GetValue(sample),
            arguments.GetValue(seed), arguments.GetValue(json)));
        return command;
    }

    private static int Run(string path, string? trace, double peak, double sample, int seed, bool json)
    {
        try
        {
            var config = ConfigParser.Parse(File.ReadAllText(path));
            var day = (trace is null ? TrafficDay.Synthetic(seed) : TrafficDay.BusiestOf(trace)).ScaledTo(peak);
            var runs = new (string Title, IReadOnlyList<ReplayResult> Results)[]
            {
                ("calm day", ReplayReport.Compare(config, day, sample, seed, [])),
                ("disturbed day", ReplayReport.Compare(config, day, sample, seed, Disturbances(config))),
            };
            if (json)
            {
                Console.WriteLine(ReplayReport.ToJson(runs));
                return 0;
            }

            Console.WriteLine($"Budgets asked for (assumed): {BudgetMix.Describe()}.");
            Console.WriteLine("Disturbed: the cheapest backend loses 40 % of its addresses from 10:00 to 12:00; the second's network adds 25 ms from 14:00 to 16:00.");
            Console.WriteLine();
            foreach (var (title, results) in runs)
            {
                ReplayReport.Write(Console.Out, config, day, sample, title, results);
            }

            return 0;
        }
        catch (ConfigException e)
        {
            return ConfigOption.Report(path, e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Console.Error.WriteLine($"router: {e.Message}");
            return 2;
        }
    }

    private static Disturbance[] Disturbances(RouterConfig config)
    {
        var byCost = config.Backends.Select((backend, i) => (backend, i)).OrderBy(pair => pair.backend.CostPerMillionUsd).Select(pair => pair.i).ToList();
        return
        [
            new Disturbance(600, 720, byCost[0], Alive: 0.6, ExtraNetworkMs: 0),
            new Disturbance(840, 960, byCost[Math.Min(1, byCost.Count - 1)], Alive: 1, ExtraNetworkMs: 25),
        ];
    }

    private static void Check(bool isGood, Action<string> addError, string message)
    {
        if (!isGood)
        {
            addError(message);
        }
    }
}
