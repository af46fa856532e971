using AkiDb.Contracts;

namespace AkiDb.Runtime.Tests.Local;

/// <summary>The clock of a day that runs faster than the wall's.</summary>
public sealed class ReplayClockTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 3, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Clock_ReadBackFromItsText_ShowsTheSameTime()
    {
        var clock = new ReplayClock(TimeProvider.System.GetUtcNow().AddSeconds(-10), Day, 144);

        var other = ReplayClock.Parse(clock.ToString(), null);

        other.GetUtcNow().Should().BeCloseTo(clock.GetUtcNow(), TimeSpan.FromMinutes(2)).And.BeAfter(Day.AddSeconds(10 * 144));
        other.WallAt(Day.AddHours(1)).Should().Be(clock.WallStart.AddSeconds(25));
    }

    [Fact]
    public async Task Delay_OfAnHour_TakesItsShareOfIt()
    {
        var clock = new ReplayClock(TimeProvider.System.GetUtcNow(), Day, 7_200);
        var began = clock.GetTimestamp();

        await Task.Delay(TimeSpan.FromHours(1), clock);

        // Timers of the machine may be some milliseconds early, minutes of the day.
        clock.GetElapsedTime(began).Should().BeGreaterThan(TimeSpan.FromMinutes(55));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22T09:00:00Z,2026-03-03T05:00:00Z")]
    [InlineData("2026-11-22T09:00:00Z,2026-03-03T05:00:00Z,0")]
    [InlineData("2026-11-22T09:00:00Z,2026-03-03T05:00:00Z,NaN")]
    [InlineData("now,2026-03-03T05:00:00Z,144")]
    public void Parse_WhatIsNoReplayedDay_IsRefused(string text)
    {
        ReplayClock.TryParse(text, null, out _).Should().BeFalse();
        FluentActions.Invoking(() => ReplayClock.Parse(text, null)).Should().Throw<FormatException>().WithMessage($"'{text}'*WALL,DAY,SPEED*");
    }
}
