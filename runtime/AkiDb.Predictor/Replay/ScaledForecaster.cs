using AkiDb.Forecasting;

namespace AkiDb.Predictor.Replay;

/// <summary>A forecaster for traffic that was scaled after it was trained: it sees the units that it was trained on, in which the
/// offset of its log scale is fixed.</summary>
/// <param name="inner">Trained on the traffic as it was.</param>
/// <param name="scale">What the traffic was multiplied by since, above 0.</param>
internal sealed class ScaledForecaster(IForecaster inner, double scale) : IForecaster
{
    public string Name => inner.Name;

    public int HistoryMinutes => inner.HistoryMinutes;

    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
    {
        var read = history.ToArray();
        for (var i = 0; i < read.Length; i++)
        {
            read[i] /= scale;
        }

        inner.Forecast(read, lastMinute, forecast);
        foreach (ref var value in forecast)
        {
            value *= scale;
        }
    }
}
