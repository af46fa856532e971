namespace AkiDb.Forecasting.Evaluation;

/// <summary>Forecasts of one forecaster at many minutes of a series, beside what came.</summary>
public sealed class ForecastRun
{
    private readonly double[] _forecasts;
    private readonly double[] _actuals;

    /// <summary>Keeps forecasts that were made elsewhere, such as by a running service.</summary>
    /// <param name="forecaster">Name of the forecaster.</param>
    /// <param name="origins">The last minute that each forecast knew, in minutes of any clock, ascending.</param>
    /// <param name="forecasts">15 values for each origin, queries per second.</param>
    /// <param name="actuals">What came, as many values; NaN where not observed.</param>
    /// <exception cref="ArgumentException">There are not 15 forecasts and 15 actual values for each origin.</exception>
    public ForecastRun(string forecaster, int[] origins, double[] forecasts, double[] actuals)
    {
        if (forecasts.Length != origins.Length * ForecastHorizon.Minutes || actuals.Length != forecasts.Length)
        {
            throw new ArgumentException(
                $"Wanted {ForecastHorizon.Minutes} forecasts and actual values for each of {origins.Length} origins; found {forecasts.Length} and {actuals.Length}.", nameof(forecasts));
        }

        (Forecaster, Origins, _forecasts, _actuals) = (forecaster, origins, forecasts, actuals);
    }

    /// <summary>Name of the forecaster.</summary>
    public string Forecaster { get; }

    /// <summary>The last minute that each forecast knew, as an index into the series, ascending.</summary>
    public IReadOnlyList<int> Origins { get; }

    /// <summary>The 15 forecast values of an origin, queries per second.</summary>
    public ReadOnlySpan<double> ForecastOf(int origin) =>
        _forecasts.AsSpan(origin * ForecastHorizon.Minutes, ForecastHorizon.Minutes);

    /// <summary>What came in these 15 minutes; NaN where not observed.</summary>
    public ReadOnlySpan<double> ActualOf(int origin) =>
        _actuals.AsSpan(origin * ForecastHorizon.Minutes, ForecastHorizon.Minutes);

    /// <summary>The greatest of an origin's forecast values, queries per second.</summary>
    public double PeakForecastOf(int origin) => Max(ForecastOf(origin));

    /// <summary>The greatest value that came; NaN when a minute was not observed, for then it is not known.</summary>
    public double PeakActualOf(int origin) => Max(ActualOf(origin));

    // NaN if one is NaN.
    private static double Max(ReadOnlySpan<double> values)
    {
        var max = double.NegativeInfinity;
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }
}
