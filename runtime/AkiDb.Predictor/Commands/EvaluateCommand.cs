using System.CommandLine;
using System.Text.Json;
using AkiDb.Forecasting.Intervals;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Training;

namespace AkiDb.Predictor.Commands;

/// <summary>
/// <c>predictor evaluate</c>: trains on the first 85 % of each trace and judges every forecaster on the last 15 %, for each
/// seed; or judges a model that was trained before. Prints the median of the seeds.
/// </summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var traces = TraceOptions.Traces();
        var unit = TraceOptions.Unit();
        var seeds = new Option<int[]>("--seeds")
        {
            Description = "Train once from each of these seeds; the median is printed. Default: 1.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1],
        };
        var model = new Option<string?>("--model") { Description = "Judge the model of this folder instead of training." }.Filled("a folder");
        var json = new Option<bool>("--json") { Description = "Print figures as JSON, by minute ahead too." };
        var settings = new TrainingSettings();
        model.Validators.Add(result =>
        {
            var unused = settings.Options.Prepend(seeds).Where(option => result.GetResult(option) is { Implicit: false }).Select(option => option.Name).ToList();
            if (unused.Count > 0)
            {
                result.AddError($"--model: a trained model is judged as it is, so {string.Join(", ", unused)} would say nothing; give the one or the other.");
            }
        });
        var command = new Command("evaluate", "Judge every forecaster on the last 15 % of traces, which none was fitted on.") { traces, unit, seeds, model, json };
        settings.AddTo(command);
        command.SetAction((arguments, cancellation) => TraceOptions.GuardedAsync(() =>
        {
            var trainings = arguments.GetValue(seeds)!.Distinct().Select(seed => settings.Read(arguments, seed)).ToList();
            var reports = arguments.GetRequiredValue(traces).Select(path =>
            {
                var series = TrafficCsv.Read(path, arguments.GetValue(unit));
                var trace = Path.GetFileNameWithoutExtension(path);
                var evaluation = arguments.GetValue(model) is { } folder
                    ? Evaluation.OfModel(trace, series, folder, RollingConformal.DefaultLevel, cancellation)
                    : Evaluation.OfTraining(trace, series, trainings, RollingConformal.DefaultLevel, cancellation);
                if (!arguments.GetValue(json))
                {
                    // As soon as it is known: the next trace may train for minutes.
                    EvaluationReport.WriteTrace(Console.Out, evaluation);
                }

                return evaluation;
            }).ToList();
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(reports, ModelManifest.Json));
            }
            else
            {
                EvaluationReport.WriteSummary(Console.Out, reports);
            }
        }));
        return command;
    }
}
