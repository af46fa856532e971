using System.Collections.Immutable;
using AkiDb.Forecasting.Intervals;

namespace AkiDb.Predictor.Forecasts;

/// <summary>A forecast with its intervals.</summary>
/// <param name="Minutes">The next 15 minutes; each lies within its interval as often as the level says.</param>
/// <param name="Peaks">At index k the greatest of the next k + 1 minutes; it stays below its upper bound as often as the level says.</param>
internal sealed record CandidateForecast(ImmutableArray<ForecastInterval> Minutes, ImmutableArray<ForecastInterval> Peaks)
{
    /// <summary>Adds intervals to bare values.</summary>
    public static CandidateForecast Of(double[] values, RollingConformal[] minutes, RollingConformal[] peaks, EngineSettings settings)
    {
        var (inner, outer) = (new ForecastInterval[values.Length], new ForecastInterval[values.Length]);
        var peak = 0.0;
        var bound = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            peak = Math.Max(peak, values[i]);
            inner[i] = new ForecastInterval(
                values[i], minutes[i].UpperBound(values[i], settings.LowerLevel), minutes[i].UpperBound(values[i], settings.UpperLevel));
            // A longer stretch cannot have a lower peak; the quantiles of two windows may say so by a hair.
            var upper = peaks[i].UpperBound(peak, settings.Level);
            bound = Math.Max(bound, upper ?? 0);
            outer[i] = new ForecastInterval(peak, null, upper is null ? null : bound);
        }

        return new CandidateForecast([.. inner], [.. outer]);
    }
}
