using System.CommandLine;
using System.Text.Json;
using AkiDb.Forecasting;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Predictor.Commands;

/// <summary><c>predictor evaluate</c>: accuracy of every forecaster on the last 15 % of a trace, none of which they were fitted on.</summary>
internal static class EvaluateCommand
{
    private const double Level = 0.9;

    public static Command Create()
    {
        var traces = TraceOptions.Traces();
        var unit = TraceOptions.Unit();
        var json = new Option<bool>("--json") { Description = "Print figures as JSON, by minute ahead too." };
        var command = new Command("evaluate", "Walk forward through a trace and judge every forecaster.") { traces, unit, json };
        command.SetAction((arguments, cancellation) => Task.FromResult(TraceOptions.Guarded(() =>
        {
            foreach (var path in arguments.GetRequiredValue(traces))
            {
                var rows = Judge(TrafficCsv.Read(path, arguments.GetValue(unit)), cancellation);
                Print(path, rows, arguments.GetValue(json));
            }
        })));
        return command;
    }

    private static List<(ForecastAccuracy Accuracy, ConformalBacktest Interval)> Judge(TrafficSeries series, CancellationToken cancellation)
    {
        var parts = SeriesParts.Of(series);
        var lastValue = Run(new LastValueForecaster());
        return BaselineSet.Fit(parts.Training(series), new HolidayCalendar()).Select(forecaster =>
        {
            var run = Run(forecaster);
            return (ForecastAccuracy.Of(run.Between(parts.TestStart - 1, series.Count), lastValue), ConformalBacktest.Of(run, parts.TestStart, Level));
        }).ToList();

        ForecastRun Run(IForecaster forecaster) =>
            WalkForward.Run(forecaster, series, parts.ValidationStart, series.Count, cancellation: cancellation);
    }

    private static void Print(string path, List<(ForecastAccuracy Accuracy, ConformalBacktest Interval)> rows, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows.Select(row => new { row.Accuracy, row.Interval })));
            return;
        }

        Console.WriteLine($"{path}\n  {"forecaster",-14}{"skill",8}{"MAE",12}{"MAPE %",8}{"sMAPE %",9}{"R²",7}{"90 % covers",13}");
        foreach (var (accuracy, interval) in rows)
        {
            var all = accuracy.Overall;
            Console.WriteLine(
                $"  {accuracy.Forecaster,-14}{all.Skill,8:f3}{all.MeanAbsoluteError,12:g5}{all.MapePercent,8:f1}{all.SmapePercent,9:f1}{all.RSquared,7:f3}"
                + $"{interval.CoverageOfMaximum,13:p1}");
        }
    }
}
