using AkiDb.Forecasting;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Predictor.Forecasts;

/// <summary>The built-in forecasters, fitted on as much traffic as there is.</summary>
internal static class ForecasterFits
{
    /// <summary>All that the traffic is long enough for; at least those that need no fitting.</summary>
    /// <param name="past">Traffic to fit on.</param>
    /// <param name="holidays">Days that are like no other.</param>
    public static IReadOnlyList<IForecaster> Of(TrafficSeries past, HolidayCalendar holidays)
    {
        var forecasters = BaselineSet.Unfitted.ToList();
        AddIfLongEnough(forecasters, () => DampedTrendForecaster.Fit(past));
        AddIfLongEnough(forecasters, () => RidgeForecaster.Fit(past, holidays));
        return forecasters;
    }

    private static void AddIfLongEnough(List<IForecaster> forecasters, Func<IForecaster> fit)
    {
        try
        {
            forecasters.Add(fit());
        }
        catch (InsufficientTrafficException)
        {
            // A young cluster: the next daily fit has more.
        }
    }
}
