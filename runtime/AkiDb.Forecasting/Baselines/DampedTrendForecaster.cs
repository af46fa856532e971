using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Baselines;

/// <summary>
/// Exponential smoothing with a damped trend, ETS(A,Ad,N), over the last 240 minutes (Gardner and McKenzie 1985). Its three
/// parameters are those of a grid that erred least, in mean absolute error over 15 minutes, on the training part.
/// </summary>
public sealed class DampedTrendForecaster : IForecaster
{
    private const int Memory = 240;
    private const int MostOrigins = 400;
    private static readonly double[] Levels = [0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9];
    private static readonly double[] Trends = [0, 0.02, 0.05, 0.1, 0.2, 0.4];
    private static readonly double[] Dampings = [0.8, 0.9, 0.95, 0.98];

    /// <summary>Takes up what <see cref="Fit"/> found before.</summary>
    public DampedTrendForecaster(DampedTrendParameters parameters) => Parameters = parameters;

    /// <inheritdoc/>
    public string Name => "damped-ets";

    /// <inheritdoc/>
    public int HistoryMinutes => Memory;

    /// <summary>What was fitted.</summary>
    public DampedTrendParameters Parameters { get; }

    /// <summary>Chooses the parameters on a training part.</summary>
    /// <exception cref="InsufficientTrafficException">The part is shorter than 240 + 15 minutes.</exception>
    public static DampedTrendForecaster Fit(TrafficSeries training)
    {
        training = OutageMask.Apply(training);
        InsufficientTrafficException.ThrowIfShorter("damped-ets", training, Memory + ForecastHorizon.Minutes);
        var best = new DampedTrendForecaster(new DampedTrendParameters(1, 0, 0));
        var least = double.PositiveInfinity;
        foreach (var level in Levels)
        {
            foreach (var trend in Trends)
            {
                foreach (var damping in Dampings)
                {
                    var candidate = new DampedTrendForecaster(new DampedTrendParameters(level, trend, damping));
                    var error = candidate.MeanAbsoluteError(training.Values);
                    (best, least) = error < least ? (candidate, error) : (best, least);
                }
            }
        }

        return best;
    }

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast) =>
        Extrapolate(ForecastArguments.Check(this, history, forecast), forecast);

    private void Extrapolate(ReadOnlySpan<double> history, Span<double> forecast)
    {
        var (alpha, beta, phi) = Parameters;
        var level = double.NaN;
        var trend = 0.0;
        foreach (var value in history)
        {
            if (double.IsNaN(level))
            {
                level = value;
                continue;
            }

            var expected = level + (phi * trend);
            // A minute that was not observed moves the level along the trend and teaches nothing.
            var next = double.IsNaN(value) ? expected : expected + (alpha * (value - expected));
            trend = (phi * trend) + (beta * (next - expected));
            level = next;
        }

        var step = phi * trend;
        for (var i = 0; i < forecast.Length; i++)
        {
            level += step;
            step *= phi;
            forecast[i] = Math.Max(0, level);
        }
    }

    private double MeanAbsoluteError(ReadOnlySpan<double> values)
    {
        Span<double> forecast = stackalloc double[ForecastHorizon.Minutes];
        var first = Memory;
        var last = values.Length - ForecastHorizon.Minutes;
        var every = Math.Max(1, (last - first) / MostOrigins);
        var sum = 0.0;
        for (var origin = first; origin <= last; origin += every)
        {
            var history = values.Slice(origin - Memory, Memory);
            if (double.IsNaN(GapFilling.LastObserved(history)))
            {
                continue;
            }

            Extrapolate(history, forecast);
            for (var i = 0; i < forecast.Length; i++)
            {
                var actual = values[origin + i];
                sum += double.IsNaN(actual) ? 0 : Math.Abs(actual - forecast[i]);
            }
        }

        return sum;
    }
}
