namespace AkiDb.Forecasting.Baselines;

/// <summary>A weighted mean of forecasters.</summary>
public sealed class BlendForecaster : IForecaster
{
    internal const string FixedName = "blend";
    private readonly (IForecaster Forecaster, double Weight)[] _parts;

    /// <summary>Blends forecasters.</summary>
    /// <param name="parts">At least one forecaster with its weight; weights are above 0 and sum to 1.</param>
    /// <exception cref="ArgumentException">The weights are not so.</exception>
    public BlendForecaster(params IEnumerable<(IForecaster Forecaster, double Weight)> parts)
    {
        _parts = [.. parts];
        if (_parts.Any(part => part.Weight is not > 0) || Math.Abs(_parts.Sum(part => part.Weight) - 1) > 1e-6)
        {
            throw new ArgumentException(
                $"Weights of a blend are above 0 and sum to 1; found {string.Join(", ", _parts.Select(part => $"{part.Forecaster.Name} {part.Weight}"))}.",
                nameof(parts));
        }
    }

    /// <inheritdoc/>
    public string Name => FixedName;

    /// <summary>As much as the part that reads most.</summary>
    public int HistoryMinutes => _parts.Max(part => part.Forecaster.HistoryMinutes);

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast)
    {
        ForecastArguments.Check(this, history, forecast);
        Span<double> part = stackalloc double[forecast.Length];
        forecast.Clear();
        foreach (var (forecaster, weight) in _parts)
        {
            forecaster.Forecast(history, lastMinute, part);
            for (var i = 0; i < part.Length; i++)
            {
                forecast[i] += weight * part[i];
            }
        }
    }
}
