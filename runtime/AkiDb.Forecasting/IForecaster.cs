namespace AkiDb.Forecasting;

/// <summary>Says what the next minutes' traffic will be from the minutes before. Fitted, immutable and thread-safe.</summary>
public interface IForecaster
{
    /// <summary>Short name as metrics and reports show it, e.g. <c>last-value</c>, <c>ridge</c>, <c>lstm</c>.</summary>
    string Name { get; }

    /// <summary>How many minutes of history a forecast reads; longer histories are allowed, only their end is read.</summary>
    int HistoryMinutes { get; }

    /// <summary>Forecasts the minutes after the history.</summary>
    /// <param name="history">Queries per second, one value a minute, oldest first; NaN where a minute was not observed.</param>
    /// <param name="lastMinute">Start of the history's last minute, UTC.</param>
    /// <param name="forecast">Receives queries per second for the minutes 1, 2, … after <paramref name="lastMinute"/>, up to
    /// <see cref="ForecastHorizon.Minutes"/> of them; finite and not negative.</param>
    /// <exception cref="ArgumentException">The history is shorter than <see cref="HistoryMinutes"/> or has no observed minute,
    /// or the forecast is longer than the horizon.</exception>
    void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast);
}
