using System.CommandLine;
using AkiDb.Forecasting;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Serving;
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
        var unit = TraceOptions.Unit();
        var policies = new Option<string[]>("--policy") { Description = $"Only these; several times for several. Of: {string.Join(", ", ReplayPolicies.Names)}." };
        var lead = ScalingOptions.Lead();
        var level = ScalingOptions.Level();
        var model = new Option<string?>("--model") { Description = "Folder of a trained model that competes with the built-in forecasters; trained on this trace with the same --unit." }.Filled("a folder");
        var json = new Option<bool>("--json") { Description = "Print figures as JSON." };
        var html = new Option<string?>("--html") { Description = "Also write a page with the curves to this file." }.Filled("a file");
        var cost = new Option<string?>("--cost") { Description = "Price replica-hours by this file, the output of 'akidb cost ENV --json'." }.Filled("a file");
        var asIs = new Option<bool>("--as-is") { Description = "The values are AkiDB's own queries a second; without it they are scaled so that busy minutes need 18 replicas." };
        policies.AcceptOnlyFromAmong([.. ReplayPolicies.Names]);
        var command = new Command("replay", "Replay traffic: what scaling policies would have missed and paid.") { traces, unit, asIs, policies, lead, level, model, json, html, cost };
        command.SetAction((arguments, cancellation) => TraceOptions.GuardedAsync(() =>
        {
            var price = arguments.GetValue(cost) is { } file ? ReplicaPrice.Read(file) : null;
            var settings = new ScalingSettings { ProvisioningMinutes = arguments.GetValue(lead) };
            var names = arguments.GetValue(policies) is { Length: > 0 } chosen ? chosen.Distinct().ToArray() : [.. ReplayPolicies.Names];
            using var package = arguments.GetValue(model) is { } folder ? ModelPackage.Load(folder) : null;
            if (arguments.GetValue(html) is { } page)
            {
                OutputCheck.File("--html", page);
            }

            var comparisons = arguments.GetRequiredValue(traces)
                .Select(path => Compare(Trace(path, arguments.GetValue(unit), arguments.GetValue(asIs), settings), settings, arguments.GetValue(level), names, package, cancellation)).ToList();
            Tell(comparisons, price, arguments.GetValue(json), arguments.GetValue(html));
        }));
        return command;
    }

    private static ReplayTrace Trace(string path, TrafficUnit unit, bool isAsIs, ScalingSettings settings)
    {
        var series = TrafficCsv.Read(path, unit);
        var name = Path.GetFileNameWithoutExtension(path);
        return isAsIs ? ReplayTrace.AsIs(name, series.Start, series.Values) : ReplayTrace.Scaled(name, series.Start, series.Values, settings.Rule);
    }

    private static ReplayComparison Compare(ReplayTrace trace, ScalingSettings settings, double level, string[] names, ModelPackage? package, CancellationToken cancellation)
    {
        var forecasts = names.Any(ReplayPolicies.NeedsForecasts)
            ? EngineFeed.Of(trace, new EngineSettings { Level = level }, past => Fits(past, package, trace.Scale), cancellation)
            : null;
        return ReplayComparison.Of(
            trace, settings.Rule, settings.ProvisioningMinutes, names.Select(name => ReplayPolicies.Create(name, trace, settings, forecasts))) with
        {
            ForecastNote = forecasts?.Note(level),
        };
    }

    private static IEnumerable<IForecaster> Fits(TrafficSeries past, ModelPackage? package, double scale) =>
        ForecasterFits.Of(past, new HolidayCalendar()).Where(forecaster => forecaster.Name != package?.Serving.Name)
            .Concat(package is null ? [] : [new ScaledForecaster(package.Serving, scale)]);

    private static void Tell(List<ReplayComparison> comparisons, ReplicaPrice? price, bool asJson, string? html)
    {
        if (asJson)
        {
            Console.WriteLine(ReplayReport.ToJson(comparisons, price));
            // The document is about policies; who reads it should know of the trace too.
            foreach (var note in comparisons.Select(comparison => comparison.CapacityNote).OfType<string>())
            {
                Console.Error.WriteLine($"predictor: {note}");
            }
        }
        else
        {
            foreach (var comparison in comparisons)
            {
                ReplayReport.Write(Console.Out, comparison, price);
            }
        }

        // Last: the figures should not be lost with the page.
        if (html is not null)
        {
            File.WriteAllText(html, ReplayPage.Of(comparisons, price));
        }
    }
}
