namespace AkiDb.Forecasting.Calendars;

/// <summary>Tells public holidays of a set of countries from other days. Dates are taken in UTC. Thread-safe.</summary>
public sealed class HolidayCalendar
{
    private readonly Dictionary<int, HashSet<DateOnly>> _byYear = [];
    private readonly Lock _lock = new();

    /// <summary>Makes a calendar; without countries no day is a holiday.</summary>
    public HolidayCalendar(params IEnumerable<Country> countries) => Countries = [.. countries.Distinct().Order()];

    /// <summary>The countries, in a fixed order.</summary>
    public IReadOnlyList<Country> Countries { get; }

    /// <summary>Whether the day is a holiday in any of the countries.</summary>
    public bool IsHoliday(DateOnly day)
    {
        lock (_lock)
        {
            if (!_byYear.TryGetValue(day.Year, out var days))
            {
                // A holiday is observed at most a day before its date: New Year's Day may belong to the year before.
                var years = day.Year < DateOnly.MaxValue.Year ? new[] { day.Year, day.Year + 1 } : [day.Year];
                days = [.. from country in Countries from year in years from holiday in In(country, year) select holiday];
                _byYear.Add(day.Year, days);
            }

            return days.Contains(day);
        }
    }

    private static IEnumerable<DateOnly> In(Country country, int year) => country switch
    {
        Country.UnitedStates => NationalHolidays.UnitedStates(year),
        Country.Germany => NationalHolidays.Germany(year),
        Country.Japan => NationalHolidays.Japan(year),
        _ => throw new ArgumentOutOfRangeException(nameof(country), country, "wanted one of the countries of the enumeration"),
    };
}
