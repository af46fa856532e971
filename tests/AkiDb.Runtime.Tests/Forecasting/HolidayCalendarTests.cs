using AkiDb.Forecasting.Calendars;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class HolidayCalendarTests
{
    // Dates as the governments publish them: OPM (federal holidays 2026), BMI, Cabinet Office of Japan (2026).
    [Theory]
    [InlineData(Country.UnitedStates, 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25")]
    [InlineData(Country.Germany, 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26")]
    [InlineData(Country.Japan, 2026, "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23")]
    public void IsHoliday_AWholeYear_IsTheOfficialList(Country country, int year, string days)
    {
        var calendar = new HolidayCalendar(country);
        var found = Enumerable.Range(0, 365).Select(new DateOnly(year, 1, 1).AddDays).Where(calendar.IsHoliday);

        string.Join(' ', found.Select(day => day.ToString("MM-dd"))).Should().Be(days);
    }

    [Fact]
    public void IsHoliday_NewYearOnSaturday_IsObservedTheYearBefore() =>
        new HolidayCalendar(Country.UnitedStates).IsHoliday(new DateOnly(2021, 12, 31)).Should().BeTrue();

    [Theory]
    [InlineData(1998, 4, 12)]
    [InlineData(2024, 3, 31)]
    [InlineData(2038, 4, 25)]
    public void Easter_IsTheChurchsTable(int year, int month, int day) =>
        NationalHolidays.EasterSunday(year).Should().Be(new DateOnly(year, month, day));

    [Fact]
    public void IsHoliday_NoCountry_IsNever() =>
        new HolidayCalendar().IsHoliday(new DateOnly(2026, 12, 25)).Should().BeFalse();

    [Fact]
    public void CalendarFeatures_KnownMinutes_AreTheClocksAngles()
    {
        var features = new float[CalendarFeatures.Count];
        new CalendarFeatures(new HolidayCalendar(Country.Germany))
            .Write(new DateTimeOffset(2026, 10, 3, 8, 15, 0, TimeSpan.FromHours(2)), features);

        // 06:15 UTC on a Saturday that is a holiday: a quarter of the day and of the hour.
        features[0].Should().BeApproximately((float)Math.Sin(Math.Tau * 375 / 1440), 1e-6f);
        features[4].Should().BeApproximately(1, 1e-6f);
        features[7].Should().BeApproximately(-1, 1e-6f);
        features[8].Should().Be(1);
        features[9].Should().Be(1);
    }
}
