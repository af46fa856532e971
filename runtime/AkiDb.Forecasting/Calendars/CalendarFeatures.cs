namespace AkiDb.Forecasting.Calendars;

/// <summary>
/// What the clock says about traffic: time of day, minute of the hour (jobs start on the hour, the half and the quarter), weekend,
/// holiday. In UTC. Immutable and thread-safe.
/// </summary>
public sealed class CalendarFeatures
{
    private readonly HolidayCalendar _holidays;

    /// <summary>Features with the holidays of a calendar.</summary>
    public CalendarFeatures(HolidayCalendar holidays) => _holidays = holidays;

    /// <summary>Names of the features, in the order of <see cref="Write"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "time_of_day_sin", "time_of_day_cos", "half_day_sin", "half_day_cos", "minute_of_hour_sin", "minute_of_hour_cos",
        "half_hour_sin", "half_hour_cos", "weekend", "holiday",
    ];

    /// <summary>Number of features.</summary>
    public static int Count => Names.Count;

    /// <summary>Writes the features of a minute.</summary>
    public void Write(DateTimeOffset minute, Span<float> features)
    {
        var utc = minute.UtcDateTime;
        var day = Math.Tau * (utc.Hour * Minutes.PerHour + utc.Minute) / Minutes.PerDay;
        var hour = Math.Tau * utc.Minute / Minutes.PerHour;
        for (var harmonic = 1; harmonic <= 2; harmonic++)
        {
            var at = 2 * (harmonic - 1);
            (features[at], features[at + 1]) = ((float)Math.Sin(harmonic * day), (float)Math.Cos(harmonic * day));
            (features[at + 4], features[at + 5]) = ((float)Math.Sin(harmonic * hour), (float)Math.Cos(harmonic * hour));
        }

        features[8] = utc.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;
        features[9] = _holidays.IsHoliday(DateOnly.FromDateTime(utc)) ? 1 : 0;
    }
}
