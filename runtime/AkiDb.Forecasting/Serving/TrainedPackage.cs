using System.Security.Cryptography;
using System.Text.Json;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Traffic;
using AkiDb.Forecasting.Training;

namespace AkiDb.Forecasting.Serving;

/// <summary>A trained model with its baselines, chosen from and judged: what a model's folder is written from.</summary>
public sealed class TrainedPackage
{
    private TrainedPackage(ModelManifest manifest, byte[] onnx) => (Manifest, Onnx) = (manifest, onnx);

    /// <summary>The manifest.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The ONNX file.</summary>
    public byte[] Onnx { get; }

    /// <summary>Fits the baselines, chooses who serves on the validation part, and judges everyone on the test part.</summary>
    /// <param name="model">Trained on <paramref name="series"/> and <paramref name="parts"/>.</param>
    /// <param name="series">The whole series.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="level">Level whose coverage is judged, above 0 and below 1.</param>
    /// <param name="clock">Clock of the manifest.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static TrainedPackage Make(
        LstmModel model, TrafficSeries series, SeriesParts parts, double level, TimeProvider clock, CancellationToken cancellation)
    {
        var onnx = OnnxExport.ToOnnx(model);
        var holidays = new HolidayCalendar(model.HolidayCountries);
        // Judged as it will be served: by ONNX Runtime, not by the trainer's kernels.
        using var lstm = new OnnxForecaster(onnx, holidays);
        var training = parts.Training(series);
        var trend = DampedTrendForecaster.Fit(training);
        var ridge = RidgeForecaster.Fit(training, holidays);
        IForecaster[] candidates = [.. BaselineSet.Unfitted, trend, ridge, lstm];
        var choice = ForecasterSelection.Choose(candidates, series, parts, cancellation);
        var serving = ForecasterSelection.Serving(choice, candidates);
        var lastValue = WalkForward.Run(candidates[0], series, parts.TestStart, parts.End, cancellation: cancellation);
        // Every minute, as the service does: bounds adapt a little with each verdict.
        var everyMinute = WalkForward.Run(serving, series, parts.ValidationStart, parts.End, everyMinutes: 1, cancellation);
        var hash = Convert.ToHexStringLower(SHA256.HashData(onnx));
        var manifest = new ModelManifest
        {
            FormatVersion = ModelManifest.CurrentVersion,
            CreatedAt = clock.GetUtcNow(),
            // The content names the file: writing a new model never changes the one that is being served.
            ModelFile = $"model-{hash[..12]}.onnx",
            ModelSha256 = hash,
            InputMinutes = ForecastHorizon.InputMinutes,
            HorizonMinutes = ForecastHorizon.Minutes,
            CalendarFeatures = CalendarFeatures.Names,
            HolidayCountries = model.HolidayCountries,
            Data = new TrainingData(
                series.Start, series.TimeOf(parts.ValidationStart), series.TimeOf(parts.TestStart), series.TimeOf(parts.End),
                series.ObservedCount, TrafficHash.Of(series)),
            Networks = new TrainedNetworks(
                model.Shape.LstmUnits, model.Shape.DenseUnits, model.ParameterCount,
                [.. model.Members.Select(member => new TrainedMember(member.Seed, member.Epochs, member.ValidationSkill))]),
            Scaler = model.Scaler,
            DampedTrend = trend.Parameters,
            Ridge = ridge.Parameters,
            Choice = choice,
            TestAccuracy =
            [
                .. candidates.Append(serving).DistinctBy(candidate => candidate.Name)
                    .OrderByDescending(candidate => candidate.Name == choice.Serving)
                    .Select(candidate => ForecastAccuracy.Of(
                        WalkForward.Run(candidate, series, parts.TestStart, parts.End, cancellation: cancellation), lastValue)),
            ],
            TestCoverage = ConformalBacktest.Of(everyMinute, parts.TestStart, level),
            Conformal = ConformalFactor.TableOf(everyMinute),
        };
        return new TrainedPackage(manifest, onnx);
    }

    /// <summary>Writes the folder; the manifest comes last and in one step, so that a reader sees the old model or the new one.</summary>
    /// <exception cref="ModelPackageException">The model cannot be served; nothing is written.</exception>
    public void Save(string folder)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Manifest, ModelManifest.Json);
        // As a reader will: a model that nobody can load must not take a good one's place.
        ModelPackage.Load(name => name == ModelManifest.FileName ? json : Onnx).Dispose();
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, Manifest.ModelFile), Onnx);
        var manifest = Path.Combine(folder, ModelManifest.FileName);
        File.WriteAllBytes($"{manifest}.new", json);
        File.Move($"{manifest}.new", manifest, overwrite: true);
    }
}
