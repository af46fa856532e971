using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Baselines;

/// <summary>All forecasters that need no neural network.</summary>
public static class BaselineSet
{
    /// <summary>Those that need no fitting: what can serve before anything was trained.</summary>
    public static IReadOnlyList<IForecaster> Unfitted { get; } =
    [
        new LastValueForecaster(), new RecentMeanForecaster(), SeasonalShapeForecaster.Day, SeasonalShapeForecaster.Week,
    ];

    /// <summary>All of them, fitted on a training part.</summary>
    /// <exception cref="InsufficientTrafficException">The part is too short for one of them.</exception>
    public static IReadOnlyList<IForecaster> Fit(TrafficSeries training, HolidayCalendar holidays) =>
        [.. Unfitted, DampedTrendForecaster.Fit(training), RidgeForecaster.Fit(training, holidays)];

    /// <summary>All of them, from parameters fitted before.</summary>
    public static IReadOnlyList<IForecaster> Restore(DampedTrendParameters dampedTrend, RidgeParameters ridge) =>
        [.. Unfitted, new DampedTrendForecaster(dampedTrend), new RidgeForecaster(ridge)];
}
