using System.CommandLine;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Intervals;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Training;

namespace AkiDb.Predictor.Commands;

/// <summary><c>predictor train</c>: from a trace to a model's folder.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var trace = new Option<string>("--trace") { Description = "CSV of timestamp,value, one line a minute.", Required = true };
        var unit = TraceOptions.Unit();
        var output = new Option<string>("--out") { Description = "Folder of the model: manifest.json and an ONNX file.", Required = true };
        var checkpoints = new Option<string?>("--checkpoints")
        {
            Description = "Folder of a checkpoint a network, written after each epoch; a training that finds its own goes on from there.",
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the first network.", DefaultValueFactory = _ => 1 };
        var settings = new TrainingSettings();
        var command = new Command("train", "Train on the first 70 % of a trace, choose on the next 15 %, judge on the last 15 %, and write the model.")
        {
            trace, unit, output, checkpoints, seed,
        };
        settings.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.FromResult(TraceOptions.Guarded(() =>
        {
            var training = settings.Read(arguments, arguments.GetValue(seed)) with { CheckpointFolder = arguments.GetValue(checkpoints) };
            var series = TrafficCsv.Read(arguments.GetRequiredValue(trace), arguments.GetValue(unit));
            var parts = SeriesParts.Of(series);
            var model = training.Run(series, parts, new EpochLines(training.Members), cancellation);
            var package = TrainedPackage.Make(model, series, parts, RollingConformal.DefaultLevel, TimeProvider.System, cancellation);
            package.Save(arguments.GetRequiredValue(output));
            Print(package.Manifest, arguments.GetRequiredValue(output));
        })));
        return command;
    }

    private static void Print(ModelManifest manifest, string folder)
    {
        Console.WriteLine($"{folder}: '{manifest.Choice.Serving}' serves. {manifest.Choice.Reason}");
        Console.WriteLine($"Test part, from {manifest.Data.TestStart:yyyy-MM-dd HH:mm} UTC:");
        AccuracyTable.WriteHeading(Console.Out);
        foreach (var accuracy in manifest.TestAccuracy)
        {
            AccuracyTable.WriteLine(Console.Out, accuracy);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"  bounds of '{manifest.Choice.Serving}' at {manifest.TestCoverage.Level:p0} held for {manifest.TestCoverage.CoverageOfMaximum:p1} of {manifest.TestCoverage.Count} peaks"));
        Console.WriteLine("  factor of the greatest of 15 minutes, by level: "
            + string.Join(", ", manifest.Conformal.Select(line => FormattableString.Invariant($"{line.Level:p0} {line.Factor:f3}"))));
    }
}
