using AkiDb.Forecasting.Evaluation;

namespace AkiDb.Predictor.Forecasts;

/// <summary>What <c>/api/v1/accuracy</c> answers: docs/predictor.md describes it.</summary>
internal sealed record AccuracyDocument
{
    /// <summary>Who serves; null while nobody was chosen.</summary>
    public string? Forecaster { get; init; }

    /// <summary>Why that one.</summary>
    public string? Why { get; init; }

    /// <summary>Whether forecasts are better than repeating the last value, judged daily.</summary>
    public required bool IsUseful { get; init; }

    /// <summary>Share of the upper bounds that should hold.</summary>
    public required double Level { get; init; }

    /// <summary>Share of the bounds on the greatest of the next 1, 2, … 15 minutes that held; NaN where none was judged.</summary>
    public IReadOnlyList<double> CoverageByMinuteAhead { get; init; } = [];

    /// <summary>Recent relative error over the usual one; NaN before both are known.</summary>
    public required double DriftRatio { get; init; }

    /// <summary>Whether that is too much.</summary>
    public required bool IsDrifting { get; init; }

    /// <summary>Each forecaster over the last days: over all minutes ahead and by minute ahead.</summary>
    public required IReadOnlyList<ForecastAccuracy> Forecasters { get; init; }

    /// <summary>The answer for a service as it is.</summary>
    public static AccuracyDocument Of(ForecastService service) => new()
    {
        Forecaster = service.Current?.Choice.Forecaster,
        Why = service.Current?.Choice.Why ?? service.Trouble,
        IsUseful = service.Current?.Choice.IsUseful ?? false,
        Level = service.Level,
        CoverageByMinuteAhead = service.Current?.CoverageByMinuteAhead ?? [],
        DriftRatio = service.Current?.DriftRatio ?? double.NaN,
        IsDrifting = service.Current?.IsDrifting ?? false,
        Forecasters = service.Accuracies,
    };
}
