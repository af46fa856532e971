using AkiDb.Forecasting.Evaluation;
using AkiDb.Forecasting.Intervals;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class ConformalTests
{
    private const int MinutesPerDay = 24 * 60;

    [Fact]
    public void UpperBound_NinetyNineScores_IsTheNinetiethOfThem()
    {
        var conformal = new RollingConformal([0.5, 0.9], noiseQueriesPerSecond: 1e-9, adaptationRate: 0);
        foreach (var percent in Enumerable.Range(1, 99).OrderBy(i => i * 37 % 100))
        {
            conformal.Add(percent, forecast: 100, actual: 100 + percent);
        }

        // Rank ⌈100 · 0.9⌉ = 90.
        conformal.UpperBound(200, 0.9).Should().BeApproximately(380, 1e-6);
        conformal.UpperBound(200, 0.5).Should().BeApproximately(300, 1e-6);
    }

    [Fact]
    public void UpperBound_TooFewScores_IsUnknown()
    {
        var conformal = new RollingConformal([0.9]);
        for (var minute = 0; minute < 8; minute++)
        {
            conformal.Add(minute, 1, 1);
        }

        conformal.UpperBound(1, 0.9).Should().BeNull("8 scores cannot tell 90 %");
        conformal.Add(8, 1, 1);
        conformal.UpperBound(1, 0.9).Should().NotBeNull();
    }

    [Fact]
    public void Add_ScoresOlderThanTheWindow_AreForgotten()
    {
        var conformal = new RollingConformal([0.9], windowMinutes: 100, noiseQueriesPerSecond: 1e-9);
        for (var minute = 0; minute < 1_000; minute++)
        {
            conformal.Add(minute, 100, minute < 700 ? 1_000 : 110);
        }

        conformal.Count.Should().Be(100);
        conformal.UpperBound(100, 0.9).Should().BeApproximately(110, 1e-6);
        conformal.Add(5_000, 100, 120);
        conformal.Count.Should().Be(1, "everything else is older than 100 minutes");
    }

    [Fact]
    public void UpperBound_NoTraffic_IsZeroOfZero()
    {
        var conformal = new RollingConformal([0.9]);
        for (var minute = 0; minute < 50; minute++)
        {
            conformal.Add(minute, 0, 0);
        }

        conformal.UpperBound(0, 0.9).Should().BeApproximately(0, 1e-12);
    }

    [Fact]
    public void Coverage_ExchangeableErrors_IsTheLevel()
    {
        var random = new Random(5);
        var conformal = new RollingConformal([0.9], windowMinutes: 500);
        var coverage = new CoverageTracker(windowMinutes: 20_000);
        for (var minute = 0; minute < 20_000; minute++)
        {
            var actual = 100 * Math.Exp(random.NextDouble() - 0.3);
            var bound = conformal.UpperBound(100, 0.9);
            if (bound is not null)
            {
                coverage.Add(minute, bound.Value, actual);
            }

            conformal.Add(minute, 100, actual, bound);
        }

        coverage.Coverage.Should().BeApproximately(0.9, 0.01);
    }

    [Fact]
    public void Coverage_ErrorsThatShrinkFasterThanTheWindow_IsTheLevelOnlyWhenAdaptive()
    {
        var plain = CoverageOfShrinkingErrors(adaptationRate: 0);
        var adaptive = CoverageOfShrinkingErrors(AdaptiveLevel.DefaultRate);

        plain.Should().BeGreaterThan(0.95);
        adaptive.Should().BeInRange(0.87, 0.93);
    }

    [Fact]
    public void UpperBound_OnlyMissesForWeeks_StaysFinite()
    {
        var conformal = new RollingConformal([0.9], windowMinutes: 100);
        for (var minute = 0; minute < 20_000; minute++)
        {
            conformal.Add(minute, forecast: 1, actual: 1 + minute, conformal.UpperBound(1, 0.9));
        }

        // Every actual value is the greatest yet: the level ends at no tail, the bound at the greatest of the window.
        conformal.UpperBound(1, 0.9).Should().BeApproximately(20_000, 1e-6);
    }

    [Fact]
    public void Add_ABoundThatHasMovedSinceItWasGiven_IsJudgedAsItWasGiven()
    {
        var conformal = new RollingConformal([0.9], noiseQueriesPerSecond: 1e-9, adaptationRate: 0.1);
        AddAll(0, 20, minute => 200);
        var given = conformal.UpperBound(100, 0.9);
        AddAll(20, 40, minute => 1_000 + (100 * minute));

        conformal.Add(100, 100, 500, given);

        // 500 missed the bound of 200 that was given, although it is below today's: the level moves to 0.99, the greatest of 61.
        conformal.UpperBound(100, 0.9).Should().BeApproximately(6_900, 1e-6);

        void AddAll(int from, int count, Func<int, double> actual)
        {
            for (var minute = from; minute < from + count; minute++)
            {
                conformal.Add(minute, 100, actual(minute));
            }
        }
    }

    [Fact]
    public void Table_OfARun_HoldsTheQuantilesOfThePeaksThatWereObserved()
    {
        // 99 forecasts of 1,000 whose peaks came 1 to 99 % higher; and one whose last minute nobody saw.
        var actuals = Enumerable.Range(1, 100).SelectMany(percent => Enumerable.Range(1, 15)
            .Select(minute => minute < 15 ? 500 : percent == 100 ? double.NaN : 1_000 + (10.0 * percent))).ToArray();
        var run = new ForecastRun("test", [.. Enumerable.Range(0, 100)], [.. Enumerable.Repeat(1_000.0, actuals.Length)], actuals);

        var table = ConformalFactor.TableOf(run);

        table.Select(line => line.Level).Should().Equal(0.5, 0.8, 0.85, 0.9, 0.95, 0.99);
        table[3].Factor.Should().BeApproximately(1.9, 1e-4);
        table[5].Factor.Should().BeApproximately(1.99, 1e-4);
    }

    [Fact]
    public void UpperBound_LevelThatIsNotFollowed_NamesThoseThatAre() =>
        new RollingConformal([0.9]).Invoking(conformal => conformal.UpperBound(1, 0.8))
            .Should().Throw<ArgumentException>().WithMessage("*0.8*0.9*");

    [Theory]
    [InlineData(0.9, true, 0.5)]
    [InlineData(0.9, false, 1)]
    [InlineData(0.05, true, 0)]
    [InlineData(0.05, false, 0.5)]
    public void AdaptiveLevel_OneVerdictForWeeks_StopsAtTheEndOrTheMedian(double wanted, bool isCovered, double expected)
    {
        var level = new AdaptiveLevel(wanted);
        for (var minute = 0; minute < 50_000; minute++)
        {
            level.Add(isCovered);
        }

        level.Current.Should().BeApproximately(expected, 1e-12);
        // No debt is carried: the first other verdict moves it back.
        level.Add(!isCovered);
        level.Current.Should().NotBe(expected).And.BeInRange(0, 1);
    }

    [Fact]
    public void CoverageTracker_Window_CountsOnlyTheLatest()
    {
        var coverage = new CoverageTracker(windowMinutes: 10);
        coverage.Coverage.Should().Be(double.NaN);
        for (var minute = 0; minute < 100; minute++)
        {
            coverage.Add(minute, upperBound: 1, actual: minute < 95 ? 0 : 2);
        }

        coverage.Count.Should().Be(10);
        coverage.Coverage.Should().Be(0.5);
    }

    private static double CoverageOfShrinkingErrors(double adaptationRate)
    {
        var random = new Random(7);
        var conformal = new RollingConformal([0.9], adaptationRate: adaptationRate);
        var coverage = new CoverageTracker(windowMinutes: int.MaxValue);
        // Errors shrink by 7 % a day: whatever window is looked at, its older scores are too wide.
        for (var minute = 0; minute < 12 * MinutesPerDay; minute++)
        {
            var actual = 100 * Math.Exp((random.NextDouble() - 0.3) * Math.Pow(0.93, (double)minute / MinutesPerDay));
            var bound = conformal.UpperBound(100, 0.9);
            if (minute >= 6 * MinutesPerDay)
            {
                coverage.Add(minute, bound!.Value, actual);
            }

            conformal.Add(minute, 100, actual, bound);
        }

        return coverage.Coverage;
    }
}
