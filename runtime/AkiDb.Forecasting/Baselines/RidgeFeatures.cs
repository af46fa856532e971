using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;

namespace AkiDb.Forecasting.Baselines;

/// <summary>The row that <see cref="RidgeForecaster"/> reads at a minute.</summary>
internal sealed class RidgeFeatures
{
    // A period ago, the shape over the horizon is read at these minutes ahead.
    private static readonly int[] ShapeSteps = [1, 4, 8, 12, 15];
    private const int SmoothingMinutes = 7;
    private readonly CalendarFeatures _calendar;
    private readonly int[] _periods;

    public RidgeFeatures(CalendarFeatures calendar, IReadOnlyList<int> periodsMinutes) =>
        (_calendar, _periods) = (calendar, [.. periodsMinutes]);

    /// <summary>The periods that a training part holds at least three times: a lag seen once teaches one day's accidents.</summary>
    public static IReadOnlyList<int> PeriodsOf(int trainingMinutes) =>
        [.. new[] { Minutes.PerDay, Minutes.PerWeek }.Where(period => trainingMinutes >= 3 * period)];

    public int Count => ForecastHorizon.InputMinutes + (_periods.Length * (ShapeSteps.Length + 1)) + CalendarFeatures.Count + 1;

    public int HistoryMinutes => _periods.Length == 0
        ? ForecastHorizon.InputMinutes
        : _periods[^1] + ForecastHorizon.Minutes;

    /// <summary>Writes the row of a minute of the history; the first is a constant.</summary>
    public void Write(LogHistory log, int minute, DateTimeOffset time, Span<double> row)
    {
        var level = log.Level(minute);
        row[0] = 1;
        var at = 1;
        for (var lag = 0; lag < ForecastHorizon.InputMinutes; lag++)
        {
            row[at++] = log.Values[minute - lag] - level;
        }

        foreach (var period in _periods)
        {
            var then = minute - period;
            var levelThen = log.Level(then);
            row[at++] = level - levelThen;
            foreach (var step in ShapeSteps)
            {
                row[at++] = log.Mean(then + step - SmoothingMinutes, then + step + SmoothingMinutes + 1) - levelThen;
            }
        }

        Span<float> calendar = stackalloc float[CalendarFeatures.Count];
        _calendar.Write(time, calendar);
        foreach (var feature in calendar)
        {
            row[at++] = feature;
        }
    }
}
