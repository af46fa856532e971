using AkiDb.Forecasting;
using AkiDb.Predictor.Autoscaling;

namespace AkiDb.Predictor.Replay;

/// <summary>A forecaster that has read the trace: the best that any could do.</summary>
internal sealed class PerfectFeed(ReplayTrace trace) : IForecastFeed
{
    public PeakForecast? After(int minute)
    {
        var bounds = new double[ForecastHorizon.Minutes];
        var peak = 0.0;
        for (var i = 0; i < bounds.Length; i++)
        {
            peak = Math.Max(peak, trace.Qps[Math.Min(minute + 1 + i, trace.Qps.Length - 1)]);
            bounds[i] = peak;
        }

        return new PeakForecast { Forecaster = "perfect", LastMinute = trace.TimeOf(minute), Level = 1, UpperBounds = [.. bounds] };
    }

    public double PeakAfter(int minute) => After(minute)!.UpperBounds[^1];
}
