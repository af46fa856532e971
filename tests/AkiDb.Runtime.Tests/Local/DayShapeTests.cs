using AkiDb.Local.Traffic;

namespace AkiDb.Runtime.Tests.Local;

/// <summary>The made-up traffic.</summary>
public sealed class DayShapeTests
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_EveryMinuteOfAWeek_IsAboveZeroAndNearThePeakAtMost()
    {
        var shape = new DayShape(60, seed: 1);

        var week = Enumerable.Range(0, 7 * 24 * 60).Select(minute => shape.At(Tuesday.AddMinutes(minute))).ToList();

        week.Should().OnlyContain(rate => rate > 1 && rate < 60 * 1.2);
        week.Max().Should().BeGreaterThan(60);
    }

    [Fact]
    public void At_TheSameMinute_IsTheSameInEveryRunAndOtherWithAnotherSeed()
    {
        var at = Tuesday.AddHours(9).AddMinutes(17);

        new DayShape(60, 1).At(at).Should().Be(new DayShape(60, 1).At(at)).And.NotBe(new DayShape(60, 2).At(at));
    }

    [Fact]
    public void At_Weekend_IsQuieter()
    {
        var shape = new DayShape(60, 1);

        double Mean(int day) => Enumerable.Range(0, 24 * 60).Average(minute => shape.At(Tuesday.AddDays(day).AddMinutes(minute)));

        Mean(4).Should().BeLessThan(0.8 * Mean(1));
    }
}
