using System.CommandLine;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Forecasts;
using AkiDb.Predictor.Pages;
using AkiDb.Predictor.Replay;

namespace AkiDb.Predictor.Commands;

/// <summary><c>replay</c>: what scaling policies would have done with real traffic.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var traces = TraceOptions.Traces();
        var policies = new Option<string[]>("--policy") { Description = $"Only these; several times for several. Of: {string.Join(", ", ReplayPolicies.Names)}." };
        var lead = ScalingOptions.Lead();
        var level = ScalingOptions.Level();
        var json = new Option<bool>("--json") { Description = "Print figures as JSON." };
        var html = new Option<string?>("--html") { Description = "Also write a page with the curves to this file." };
        var cost = new Option<string?>("--cost") { Description = "Price replica-hours by this file, the output of 'akidb cost ENV --json'." };
        var asIs = new Option<bool>("--as-is") { Description = "The values are AkiDB's own queries a second; without it they are scaled so that busy minutes need 18 replicas." };
        policies.AcceptOnlyFromAmong([.. ReplayPolicies.Names]);
        var command = new Command("replay", "Replay traffic: what scaling policies would have missed and paid.") { traces, asIs, policies, lead, level, json, html, cost };
        command.SetAction((arguments, cancellation) => Task.FromResult(TraceOptions.Guarded(() =>
        {
            var price = arguments.GetValue(cost) is { } file ? ReplicaPrice.Read(file) : null;
            var settings = new ScalingSettings { ProvisioningMinutes = arguments.GetValue(lead) };
            var names = arguments.GetValue(policies) is { Length: > 0 } chosen ? chosen : [.. ReplayPolicies.Names];
            var comparisons = arguments.GetRequiredValue(traces)
                .Select(path => Compare(Trace(path, arguments.GetValue(asIs), settings), settings, arguments.GetValue(level), names, cancellation)).ToList();
            Tell(comparisons, price, arguments.GetValue(json), arguments.GetValue(html));
        })));
        return command;
    }

    private static ReplayTrace Trace(string path, bool isAsIs, ScalingSettings settings)
    {
        var series = TrafficCsv.Read(path);
        var name = Path.GetFileNameWithoutExtension(path);
        return isAsIs ? ReplayTrace.AsIs(name, series.Start, series.Values) : ReplayTrace.Scaled(name, series.Start, series.Values, settings.Rule);
    }

    private static ReplayComparison Compare(ReplayTrace trace, ScalingSettings settings, double level, string[] names, CancellationToken cancellation)
    {
        var forecasts = names.Any(ReplayPolicies.NeedsForecasts)
            ? EngineFeed.Of(trace, new EngineSettings { Level = level }, past => ForecasterFits.Of(past, new HolidayCalendar()), cancellation)
            : null;
        return ReplayComparison.Of(
            trace, settings.Rule, settings.ProvisioningMinutes, names.Select(name => ReplayPolicies.Create(name, trace, settings, forecasts))) with
        {
            ForecastNote = forecasts is null ? null : $"{forecasts.Choice.Why} Upper bounds held: {forecasts.Coverage:0.0 %}, wanted {level:0.0 %}.",
        };
    }

    private static void Tell(List<ReplayComparison> comparisons, ReplicaPrice? price, bool asJson, string? html)
    {
        if (html is not null)
        {
            File.WriteAllText(html, ReplayPage.Of(comparisons, price));
        }

        if (asJson)
        {
            Console.WriteLine(ReplayReport.ToJson(comparisons, price));
            return;
        }

        foreach (var comparison in comparisons)
        {
            ReplayReport.Write(Console.Out, comparison, price);
        }
    }
}
