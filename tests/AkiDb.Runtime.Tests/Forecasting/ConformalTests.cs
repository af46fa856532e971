using AkiDb.Forecasting.Intervals;

namespace AkiDb.Runtime.Tests.Forecasting;

public sealed class ConformalTests
{
    [Fact]
    public void UpperBound_NinetyNineScores_IsTheNinetiethOfThem()
    {
        var conformal = new RollingConformal(noiseQueriesPerSecond: 1e-9);
        foreach (var percent in Enumerable.Range(1, 99).OrderBy(i => i * 37 % 100))
        {
            conformal.Add(percent, forecast: 100, actual: 100 + percent);
        }

        // Rank ⌈100 · 0.9⌉ = 90.
        conformal.UpperBound(200, 0.9).Should().BeApproximately(380, 1e-6);
        conformal.UpperFactor(0.5).Should().BeApproximately(1.5, 1e-6);
    }

    [Fact]
    public void UpperBound_TooFewScores_IsUnknown()
    {
        var conformal = new RollingConformal();
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
        var conformal = new RollingConformal(windowMinutes: 100, noiseQueriesPerSecond: 1e-9);
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
        var conformal = new RollingConformal();
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
        var conformal = new RollingConformal(windowMinutes: 500);
        var coverage = new CoverageTracker(windowMinutes: 20_000);
        for (var minute = 0; minute < 20_000; minute++)
        {
            var actual = 100 * Math.Exp(random.NextDouble() - 0.3);
            if (conformal.UpperBound(100, 0.9) is { } bound)
            {
                coverage.Add(minute, bound, actual);
            }

            conformal.Add(minute, 100, actual);
        }

        coverage.Coverage.Should().BeApproximately(0.9, 0.01);
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
}
