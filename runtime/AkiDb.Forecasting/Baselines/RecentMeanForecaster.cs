using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Baselines;

/// <summary>The mean of the last 15 minutes, for every minute ahead: best on steady, noisy traffic.</summary>
public sealed class RecentMeanForecaster : IForecaster
{
    /// <inheritdoc/>
    public string Name => "mean-15";

    /// <inheritdoc/>
    public int HistoryMinutes => ForecastHorizon.Minutes;

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast) =>
        forecast.Fill(GapFilling.ObservedMean(ForecastArguments.Check(this, history, forecast)));
}
