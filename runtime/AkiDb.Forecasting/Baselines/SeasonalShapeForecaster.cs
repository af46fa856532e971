using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Baselines;

/// <summary>The smoothed shape of the same minutes a day or a week ago, at the level of the last 15 minutes.</summary>
public sealed class SeasonalShapeForecaster : IForecaster
{
    // Centred: ±7 minutes take the noise out of one day's shape and keep its ramps.
    private const int SmoothingMinutes = 7;
    // Long enough that an outage of more than an hour is the lesser part.
    private const int ShapeMinutes = 3 * Minutes.PerHour;
    private readonly int _periodMinutes;

    private SeasonalShapeForecaster(string name, int periodMinutes)
    {
        Name = name;
        _periodMinutes = periodMinutes;
    }

    /// <summary>Yesterday's shape.</summary>
    public static SeasonalShapeForecaster Day { get; } = new("day-shape", Minutes.PerDay);

    /// <summary>Last week's shape.</summary>
    public static SeasonalShapeForecaster Week { get; } = new("week-shape", Minutes.PerWeek);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int HistoryMinutes => _periodMinutes + ForecastHorizon.Minutes;

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
    {
        var read = ForecastArguments.Check(this, history, forecast);
        var level = GapFilling.ObservedMean(read[^ForecastHorizon.Minutes..]);
        level = double.IsNaN(level) ? GapFilling.LastObserved(read) : level;
        var then = read.Length - 1 - _periodMinutes;
        var levelThen = GapFilling.ObservedMean(read.Slice(then + 1 - ForecastHorizon.Minutes, ForecastHorizon.Minutes));
        var around = read.Slice(then + 1 - ForecastHorizon.Minutes, ShapeMinutes);
        var hasShape = levelThen > 0 && !OutageMask.Touches(around, (2 * ForecastHorizon.Minutes) + SmoothingMinutes, levelThen);
        for (var step = 0; step < forecast.Length; step++)
        {
            var at = then + 1 + step;
            var shape = GapFilling.ObservedMean(read[Math.Max(0, at - SmoothingMinutes)..(at + SmoothingMinutes + 1)]);
            // No traffic, no record or an outage a period ago: there is no shape, and the level is all that is known.
            forecast[step] = hasShape && shape >= 0 ? level * shape / levelThen : level;
        }
    }
}
