namespace AkiDb.Forecasting;

/// <summary>Checks what <see cref="IForecaster.Forecast"/> is given; every forecaster refuses the same things in the same words.</summary>
internal static class ForecastArguments
{
    /// <summary>The end of the history that the forecaster reads.</summary>
    public static ReadOnlySpan<double> Check(IForecaster forecaster, ReadOnlySpan<double> history, Span<double> forecast)
    {
        if (history.Length < forecaster.HistoryMinutes)
        {
            throw new ArgumentException(
                $"'{forecaster.Name}' reads {forecaster.HistoryMinutes} minutes of history; found {history.Length}.", nameof(history));
        }

        if (forecast.Length > ForecastHorizon.Minutes)
        {
            throw new ArgumentException(
                $"A forecast reaches at most {ForecastHorizon.Minutes} minutes ahead; found {forecast.Length}.", nameof(forecast));
        }

        var read = history[^forecaster.HistoryMinutes..];
        foreach (var value in read)
        {
            if (!double.IsNaN(value))
            {
                return read;
            }
        }

        throw new ArgumentException(
            $"'{forecaster.Name}' found no observed minute in the last {forecaster.HistoryMinutes}; wanted at least one.", nameof(history));
    }
}
