namespace AkiDb.Forecasting.Calendars;

/// <summary>A country whose nation-wide public holidays <see cref="HolidayCalendar"/> knows: those of the three regions.</summary>
public enum Country
{
    /// <summary>United States: federal holidays (5 U.S.C. § 6103), with the weekday on which they are observed.</summary>
    UnitedStates,

    /// <summary>Germany: the nine holidays of all sixteen states.</summary>
    Germany,

    /// <summary>Japan: the Act on National Holidays as of 2020, with substitute days.</summary>
    Japan,
}
