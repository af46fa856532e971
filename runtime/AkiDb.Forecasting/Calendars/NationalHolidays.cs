namespace AkiDb.Forecasting.Calendars;

/// <summary>Rules of public holidays. Today's rules are applied to every year; the past had others, which hardly matters here.</summary>
internal static class NationalHolidays
{
    /// <summary>5 U.S.C. § 6103: a Saturday's holiday is observed on Friday, a Sunday's on Monday.</summary>
    public static IEnumerable<DateOnly> UnitedStates(int year) =>
    [
        .. new DateOnly[] { new(year, 1, 1), new(year, 6, 19), new(year, 7, 4), new(year, 11, 11), new(year, 12, 25) }.Select(Observed),
        Nth(3, DayOfWeek.Monday, year, 1),
        Nth(3, DayOfWeek.Monday, year, 2),
        Nth(1, DayOfWeek.Monday, year, 6).AddDays(-7),
        Nth(1, DayOfWeek.Monday, year, 9),
        Nth(2, DayOfWeek.Monday, year, 10),
        Nth(4, DayOfWeek.Thursday, year, 11),
    ];

    /// <summary>New Year, Good Friday, Easter Monday, 1 May, Ascension, Whit Monday, 3 October, Christmas.</summary>
    public static IEnumerable<DateOnly> Germany(int year)
    {
        var easter = EasterSunday(year);
        return
        [
            new(year, 1, 1), easter.AddDays(-2), easter.AddDays(1), new(year, 5, 1), easter.AddDays(39), easter.AddDays(50),
            new(year, 10, 3), new(year, 12, 25), new(year, 12, 26),
        ];
    }

    /// <summary>
    /// The equinoxes follow the approximation for 1980 to 2099 of the Japan Coast Guard's almanac. A Sunday's holiday moves to
    /// the next day that is none; a day between two holidays is one.
    /// </summary>
    public static IEnumerable<DateOnly> Japan(int year)
    {
        var sinceBase = (0.242194 * (year - 1980)) - ((year - 1980) / 4);
        var days = new SortedSet<DateOnly>
        {
            new(year, 1, 1), Nth(2, DayOfWeek.Monday, year, 1), new(year, 2, 11), new(year, 2, 23),
            new(year, 3, (int)Math.Floor(20.8431 + sinceBase)), new(year, 4, 29), new(year, 5, 3), new(year, 5, 4), new(year, 5, 5),
            Nth(3, DayOfWeek.Monday, year, 7), new(year, 8, 11), Nth(3, DayOfWeek.Monday, year, 9),
            new(year, 9, (int)Math.Floor(23.2488 + sinceBase)), Nth(2, DayOfWeek.Monday, year, 10), new(year, 11, 3), new(year, 11, 23),
        };
        foreach (var sunday in days.Where(day => day.DayOfWeek == DayOfWeek.Sunday).ToList())
        {
            var substitute = sunday.AddDays(1);
            while (days.Contains(substitute))
            {
                substitute = substitute.AddDays(1);
            }

            days.Add(substitute);
        }

        foreach (var day in days.Where(day => days.Contains(day.AddDays(2)) && day.DayOfWeek != DayOfWeek.Saturday).ToList())
        {
            days.Add(day.AddDays(1));
        }

        return days;
    }

    /// <summary>Gregorian Easter by the anonymous algorithm (Nature, 1876; Meeus, Astronomical Algorithms, chapter 8).</summary>
    internal static DateOnly EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var g = ((8 * b) + 13) / 25;
        var h = ((19 * a) + b - (b / 4) - g + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }

    private static DateOnly Observed(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private static DateOnly Nth(int n, DayOfWeek weekday, int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)weekday - (int)first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }
}
