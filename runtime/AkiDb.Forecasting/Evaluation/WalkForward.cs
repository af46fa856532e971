using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Evaluation;

/// <summary>Walks through a series, forecasts as if each minute were now, and keeps what came beside it.</summary>
public static class WalkForward
{
    /// <summary>Minutes from one origin to the next. Seven shares no factor with the hour: every minute of it is visited.</summary>
    public const int DefaultEveryMinutes = 7;

    /// <summary>Runs a forecaster.</summary>
    /// <param name="forecaster">A fitted forecaster; it should have been fitted on what lies before <paramref name="first"/>.</param>
    /// <param name="series">The whole series: forecasts read what lies before their origin.</param>
    /// <param name="first">The first minute that is forecast.</param>
    /// <param name="end">No minute at or after it is forecast or read.</param>
    /// <param name="everyMinutes">Minutes from one origin to the next.</param>
    /// <param name="cancellation">Ends the walk.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within the series.</exception>
    public static ForecastRun Run(
        IForecaster forecaster,
        TrafficSeries series,
        int first,
        int end,
        int everyMinutes = DefaultEveryMinutes,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, series.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, end);
        ArgumentOutOfRangeException.ThrowIfLessThan(everyMinutes, 1);

        var origins = new List<int>();
        var forecasts = new List<double>();
        var actuals = new List<double>();
        Span<double> forecast = stackalloc double[ForecastHorizon.Minutes];
        for (var origin = first - 1; origin + ForecastHorizon.Minutes < end; origin += everyMinutes)
        {
            cancellation.ThrowIfCancellationRequested();
            var history = series.Values[Math.Max(0, origin + 1 - forecaster.HistoryMinutes)..(origin + 1)];
            // Every forecaster is judged on the same origins: those where the present minute is known.
            if (history.Length < forecaster.HistoryMinutes || double.IsNaN(history[^1]))
            {
                continue;
            }

            forecaster.Forecast(history, series.TimeOf(origin), forecast);
            origins.Add(origin);
            forecasts.AddRange(forecast);
            actuals.AddRange(series.Values.Slice(origin + 1, ForecastHorizon.Minutes));
        }

        return new ForecastRun(forecaster.Name, [.. origins], [.. forecasts], [.. actuals]);
    }
}
