using System.Diagnostics;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Serving;
using AkiDb.Forecasting.Traffic;
using AkiDb.Forecasting.Training;

namespace AkiDb.Predictor.Training;

/// <summary>How every forecaster did on one trace, once a seed.</summary>
/// <param name="Trace">Name of the trace.</param>
/// <param name="Minutes">Its length.</param>
/// <param name="Runs">One a seed, or one for a model trained before.</param>
internal sealed record Evaluation(string Trace, int Minutes, IReadOnlyList<EvaluationRun> Runs)
{
    /// <summary>Trains once for each of the trainings.</summary>
    public static Evaluation OfTraining(
        string trace, TrafficSeries series, IEnumerable<EnsembleTraining> trainings, double level, CancellationToken cancellation)
    {
        var parts = SeriesParts.Of(series);
        MovingTraffic.Check(series, parts);
        return new Evaluation(trace, series.Count, [.. trainings.Select(training =>
        {
            var clock = Stopwatch.StartNew();
            var model = training.Run(series, parts, progress: null, cancellation);
            var seconds = clock.Elapsed.TotalSeconds;
            Console.Error.WriteLine(FormattableString.Invariant($"{trace}, seed {training.Options.Seed}: trained in {seconds:f1} s"));
            var manifest = TrainedPackage.Make(model, series, parts, level, TimeProvider.System, cancellation).Manifest;
            return new EvaluationRun(training.Options.Seed, seconds, manifest.Choice, manifest.TestAccuracy, manifest.TestCoverage);
        })]);
    }

    /// <summary>Judges a model that was trained before.</summary>
    /// <exception cref="ModelPackageException">The folder holds no model.</exception>
    public static Evaluation OfModel(string trace, TrafficSeries series, string folder, double level, CancellationToken cancellation)
    {
        using var package = ModelPackage.Load(folder);
        var parts = SeriesParts.Of(series);
        var lastValue = WalkForward.Run(new LastValueForecaster(), series, parts.TestStart, parts.End, cancellation: cancellation);
        // Every minute, as the service does: bounds adapt a little with each verdict.
        var serving = WalkForward.Run(package.Serving, series, parts.ValidationStart, parts.End, everyMinutes: 1, cancellation);
        return new Evaluation(trace, series.Count, [new EvaluationRun(
            null, null, package.Manifest.Choice,
            [.. package.Candidates.Append(package.Serving).DistinctBy(forecaster => forecaster.Name).Select(forecaster => ForecastAccuracy.Of(
                WalkForward.Run(forecaster, series, parts.TestStart, parts.End, cancellation: cancellation), lastValue))],
            ConformalBacktest.Of(serving, parts.TestStart, level))]);
    }
}

/// <summary>How every forecaster did on one trace, once.</summary>
/// <param name="Seed">Seed of the training; null for a model trained before.</param>
/// <param name="TrainingSeconds">Wall time of the training; null for a model trained before.</param>
/// <param name="Choice">Who serves, and why.</param>
/// <param name="Accuracy">On the test part.</param>
/// <param name="Coverage">Of who serves, on the test part.</param>
internal sealed record EvaluationRun(
    int? Seed, double? TrainingSeconds, ModelChoice Choice, IReadOnlyList<ForecastAccuracy> Accuracy, ConformalBacktest Coverage)
{
    public ForecastAccuracy Of(string forecaster) => Accuracy.Single(accuracy => accuracy.Forecaster == forecaster);
}
