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
        var trace = new Option<string>("--trace") { Description = "CSV of timestamp,value, one line a minute.", Required = true }.Filled("a file");
        var unit = TraceOptions.Unit();
        var output = new Option<string>("--out") { Description = "Folder of the model: manifest.json and an ONNX file.", Required = true }.Filled("a folder");
        var checkpoints = new Option<string?>("--checkpoints")
        {
            Description = "Folder of a checkpoint a network, written after each epoch; a training that finds its own goes on from there.",
        }.Filled("a folder");
        var seed = new Option<int>("--seed") { Description = "Seed of the first network.", DefaultValueFactory = _ => 1 };
        var settings = new TrainingSettings();
        var command = new Command("train", "Train on the first 70 % of a trace, choose on the next 15 %, judge on the last 15 %, and write the model.")
        {
            trace, unit, output, checkpoints, seed,
        };
        settings.AddTo(command);
        command.SetAction((arguments, cancellation) =>
        {
            var training = settings.Read(arguments, arguments.GetValue(seed)) with { CheckpointFolder = arguments.GetValue(checkpoints) };
            var folder = arguments.GetRequiredValue(output);
            var epochs = new EpochLines(training.Members);
            return TraceOptions.GuardedAsync(
                () =>
                {
                    var series = TrafficCsv.Read(arguments.GetRequiredValue(trace), arguments.GetValue(unit));
                    var parts = SeriesParts.Of(series);
                    MovingTraffic.Check(series, parts);
                    CheckOutputs(folder, training.CheckpointFolder);
                    var model = training.Run(series, parts, epochs, cancellation);
                    var package = TrainedPackage.Make(model, series, parts, RollingConformal.DefaultLevel, TimeProvider.System, cancellation);
                    package.Save(folder);
                    Print(package.Manifest, folder);
                },
                () => Kept(training.CheckpointFolder, epochs));
        });
        return command;
    }

    private static void CheckOutputs(string folder, string? checkpoints)
    {
        OutputCheck.Folder("--out", folder);
        if (checkpoints is not null)
        {
            OutputCheck.Folder("--checkpoints", checkpoints);
        }
    }

    private static string Kept(string? checkpoints, EpochLines epochs) =>
        checkpoints is null ? "nothing is kept without --checkpoints"
        : epochs.Last is { } last ? $"{last.Epoch} epochs of network {last.Network} and all before are kept in '{checkpoints}', and the same command goes on from there"
        : $"no epoch was finished, and '{checkpoints}' holds what it held before";

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
