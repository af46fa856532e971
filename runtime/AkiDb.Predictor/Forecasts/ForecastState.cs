using System.Collections.Immutable;

namespace AkiDb.Predictor.Forecasts;

/// <summary>Everything that is known after a minute; immutable, swapped whole.</summary>
internal sealed record ForecastState
{
    /// <summary>Start of the last minute of traffic, UTC.</summary>
    public required DateTimeOffset LastMinute { get; init; }

    /// <summary>Traffic of the last hours, queries a second, the last one at <see cref="LastMinute"/>; NaN where unknown.</summary>
    public required ImmutableArray<double> Recent { get; init; }

    /// <summary>Who serves, and why.</summary>
    public required ForecasterChoice Choice { get; init; }

    /// <summary>Level of the bounds.</summary>
    public required double Level { get; init; }

    /// <summary>The forecast; null when there is none.</summary>
    public CandidateForecast? Forecast { get; init; }

    /// <summary>Why the forecast should not be followed; null when it should.</summary>
    public string? Refusal { get; init; }

    /// <summary>Share of the bounds on the greatest of the next 1, 2, … 15 minutes that held lately; empty while nobody serves, NaN
    /// before there were any.</summary>
    public required IReadOnlyList<double> CoverageByMinuteAhead { get; init; }

    /// <summary>The same for all 15 minutes together.</summary>
    public double Coverage => CoverageByMinuteAhead.Count == 0 ? double.NaN : CoverageByMinuteAhead[^1];

    /// <summary>Mean absolute error of the last day's forecasts as a share of the load; NaN before there were any.</summary>
    public required double DailyErrorRatio { get; init; }

    /// <summary>Recent relative error over the usual one; NaN before both are known.</summary>
    public required double DriftRatio { get; init; }

    /// <summary>Whether <see cref="DriftRatio"/> is beyond its limit.</summary>
    public required bool IsDrifting { get; init; }
}
