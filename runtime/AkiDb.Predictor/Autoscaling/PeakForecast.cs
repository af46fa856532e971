using System.Collections.Immutable;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>What a forecast says about the greatest traffic to come.</summary>
internal sealed record PeakForecast
{
    /// <summary>Name of the forecaster that made it.</summary>
    public required string Forecaster { get; init; }

    /// <summary>Start of the last minute that it knew, UTC.</summary>
    public required DateTimeOffset LastMinute { get; init; }

    /// <summary>Share of such bounds that hold, 0 to 1: the conformal level that "confidence" means here.</summary>
    public required double Level { get; init; }

    /// <summary>At index k: the bound of the greatest traffic of the next k + 1 minutes, queries a second.</summary>
    public required ImmutableArray<double> UpperBounds { get; init; }

    /// <summary>Why this forecast should not be followed, such as being no better than the last value; null when it should.</summary>
    public string? Refusal { get; init; }
}
