using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Baselines;

/// <summary>The latest observed value, for every minute ahead: what every other forecaster has to beat.</summary>
public sealed class LastValueForecaster : IForecaster
{
    internal const string FixedName = "last-value";

    /// <inheritdoc/>
    public string Name => FixedName;

    /// <summary>15: the latest observed value may be that old.</summary>
    public int HistoryMinutes => ForecastHorizon.Minutes;

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast) =>
        forecast.Fill(GapFilling.LastObserved(ForecastArguments.Check(this, history, forecast)));
}
