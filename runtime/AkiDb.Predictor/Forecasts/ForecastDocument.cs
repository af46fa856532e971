using System.Collections.Immutable;
using AkiDb.Predictor.Autoscaling;

namespace AkiDb.Predictor.Forecasts;

/// <summary>What <c>/api/v1/forecast</c> answers: docs/predictor.md describes it.</summary>
internal sealed record ForecastDocument
{
    /// <summary>Start of the last minute of traffic that the forecast knew, UTC.</summary>
    public required DateTimeOffset LastMinute { get; init; }

    /// <summary>Traffic in that minute, queries a second; null if it was not observed.</summary>
    public double? TrafficQps { get; init; }

    /// <summary>Who forecasts; null while nobody was chosen.</summary>
    public string? Forecaster { get; init; }

    /// <summary>Why that one.</summary>
    public required string Why { get; init; }

    /// <summary>Why the forecast should not be followed; null when it should.</summary>
    public string? Refusal { get; init; }

    /// <summary>Share of the upper bounds that should hold.</summary>
    public required double Level { get; init; }

    /// <summary>Share of the last days' upper bounds that did; null before there were any.</summary>
    public double? Coverage { get; init; }

    /// <summary>Whether recent forecasts are much worse than those before.</summary>
    public required bool IsDrifting { get; init; }

    /// <summary>The next 15 minutes.</summary>
    public required ImmutableArray<ForecastMinute> Minutes { get; init; }

    /// <summary>The answer for a state.</summary>
    public static ForecastDocument Of(ForecastState state) => new()
    {
        LastMinute = state.LastMinute,
        TrafficQps = Known(state.Recent[^1]),
        Forecaster = state.Choice.Forecaster,
        Why = state.Choice.Why,
        Refusal = state.Refusal,
        Level = state.Level,
        Coverage = Known(state.Coverage),
        IsDrifting = state.IsDrifting,
        Minutes = state.Forecast is not { } forecast
            ? []
            : [.. forecast.Minutes.Select((minute, i) => new ForecastMinute(
                state.LastMinute.AddMinutes(i + 1), minute.Qps, minute.Lower, minute.Upper, forecast.Peaks[i].Qps, forecast.Peaks[i].Upper))],
    };

    /// <summary>What an autoscaler needs of it; null when it has no bounds.</summary>
    public PeakForecast? ToPeak() => Minutes is { IsDefaultOrEmpty: false } && Minutes.All(minute => minute.PeakUpperQps is not null)
        ? new PeakForecast
        {
            Forecaster = Forecaster ?? "",
            LastMinute = LastMinute,
            Level = Level,
            UpperBounds = [.. Minutes.Select(minute => minute.PeakUpperQps!.Value)],
            Refusal = Refusal,
        }
        : null;

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>One minute of a forecast, in queries a second.</summary>
/// <param name="Time">Start of the minute, UTC.</param>
/// <param name="Qps">Forecast.</param>
/// <param name="LowerQps">The minute lies between this and the next as often as the level says; null while not known.</param>
/// <param name="UpperQps">See <paramref name="LowerQps"/>.</param>
/// <param name="PeakQps">Greatest forecast up to and with this minute.</param>
/// <param name="PeakUpperQps">The greatest traffic up to and with this minute stays below this as often as the level says.</param>
internal sealed record ForecastMinute(DateTimeOffset Time, double Qps, double? LowerQps, double? UpperQps, double PeakQps, double? PeakUpperQps);
