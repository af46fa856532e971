using AkiDb.Router.Measurement;
using AkiDb.Router.Routing;

namespace AkiDb.Runtime.Tests.Router;

public class MeasurementTests
{
    [Fact]
    public void SlidingCounter_SteadyRate_IsThatRateAtEveryMoment()
    {
        var counter = new SlidingCounter();
        for (var ms = 0; ms < 10_000; ms++)
        {
            counter.Add(ms);
            if (ms > 2_000)
            {
                counter.CountInLastSecond(ms).Should().BeInRange(990, 1_010);
            }
        }
    }

    [Fact]
    public void SlidingCounter_Silence_ForgetsWithinAboutASecond()
    {
        var counter = new SlidingCounter();
        for (var i = 0; i < 500; i++)
        {
            counter.Add(5_000);
        }

        counter.CountInLastSecond(5_900).Should().Be(500);
        counter.CountInLastSecond(6_100).Should().Be(0);
        counter.CountInLastSecond(5_000 + (1_600 * 7)).Should().Be(0, "slots are reused, not confused");
    }

    [Fact]
    public async Task SlidingCounter_ManyThreads_LosesNothing()
    {
        var counter = new SlidingCounter();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                counter.Add(7_000 + (i % 3 * 100));
            }
        })));

        counter.CountInLastSecond(7_299).Should().Be(400_000);
    }

    [Fact]
    public void LatencyBuckets_EveryValueInRange_IsWithinThreePointTwoPercentOfItsMiddle()
    {
        for (var ms = 0.07; ms < 900_000; ms *= 1.003)
        {
            var middle = LatencyBuckets.MiddleOf(LatencyBuckets.IndexOf(ms));
            (Math.Abs(middle - ms) / ms).Should().BeLessThan(0.032);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.MaxValue)]
    public void LatencyBuckets_StrangeValue_FallsInAnEndBucket(double ms) =>
        LatencyBuckets.IndexOf(ms).Should().BeOneOf(0, LatencyBuckets.Count - 1);

    [Fact]
    public void LatencyWindow_NothingMeasured_IsTheExpectationExactly()
    {
        var window = new LatencyWindow();
        window.Merge(1_000, 25);

        window.Quantile(0.95).Should().Be(25);
    }

    [Fact]
    public void LatencyWindow_GeneratedSamples_FindsTheQuantile()
    {
        var random = new Random(3);
        var window = new LatencyWindow();
        window.Merge(0, 10);
        var samples = Enumerable.Range(0, 20_000).Select(_ => Math.Exp(2 + random.NextDouble())).ToList();
        samples.ForEach(window.Record);

        window.Merge(100, 10);

        var exact = samples.Order().ElementAt((int)(0.95 * samples.Count));
        window.Quantile(0.95).Should().BeApproximately(exact, exact * 0.05);
    }

    [Fact]
    public void LatencyWindow_OldSamples_LeaveAfterThirtySeconds()
    {
        var window = new LatencyWindow();
        window.Merge(0, 10);
        for (var i = 0; i < 1_000; i++)
        {
            window.Record(500);
        }

        window.Merge(29_000, 10);
        window.Quantile(0.95).Should().BeGreaterThan(400);
        window.Merge(30_500, 10);
        window.Quantile(0.95).Should().Be(10);
    }

    [Fact]
    public void RandomSequence_SameSeed_Repeats()
    {
        var (a, b) = (new RandomSequence(5), new RandomSequence(5));

        Enumerable.Range(0, 100).Select(_ => a.Next()).Should().Equal(Enumerable.Range(0, 100).Select(_ => b.Next()));
    }

    [Fact]
    public void RandomSequence_Below_IsUniform()
    {
        var random = new RandomSequence(1);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
        {
            counts[random.Below(10)]++;
        }

        counts.Should().OnlyContain(count => count > 9_500 && count < 10_500);
    }

    [Fact]
    public void FitControl_NothingMissed_StaysAtTheSpecifiedQuantile()
    {
        var control = new FitControl();
        Drive(control, 100, missShareAt: _ => 0);

        control.Quantile.Should().BeApproximately(0.95, 1e-12);
    }

    [Fact]
    public void FitControl_EverythingMissed_TightensToItsEndAndRelaxesAgain()
    {
        var control = new FitControl();
        Drive(control, 10, missShareAt: _ => 1);
        control.Quantile.Should().BeApproximately(0.999, 1e-12);

        Drive(control, 2_000, missShareAt: _ => 0);

        control.Quantile.Should().BeApproximately(0.95, 1e-12);
    }

    [Fact]
    public void FitControl_MissesFallAsItTightens_SettlesBelowTheAllowedShare()
    {
        var control = new FitControl();
        Drive(control, 3_000, missShareAt: quantile => (1 - quantile) / 5);

        var missed = Drive(control, 10_000, missShareAt: quantile => (1 - quantile) / 5);

        missed.Should().BeInRange(0.0003, 0.001);
    }

    private static double Drive(FitControl control, int steps, Func<double, double> missShareAt)
    {
        const int AnswersPerStep = 100;
        var random = new Random(5);
        var misses = 0;
        for (var i = 0; i < steps; i++)
        {
            for (var j = 0; j < AnswersPerStep; j++)
            {
                var hasMissed = random.NextDouble() < missShareAt(control.Quantile);
                misses += hasMissed ? 1 : 0;
                control.Count(hasMissed);
            }

            control.Step(0.001);
        }

        return (double)misses / (steps * AnswersPerStep);
    }

    [Fact]
    public void AdmissionControl_SlowThenUnmeasured_ReturnsByATrickle()
    {
        var control = new AdmissionControl();
        control.Next(100, 20, 1_000, 0).Should().Be(1, "what still fits is welcome while it is slow");
        control.Next(100, 20, 1_000, 1_000).Should().Be(1);

        control.Next(20, 20, 0, 5_000).Should().Be(0, "the window is empty: the estimate is a hope");
        control.Next(20, 20, 0, 10_100).Should().Be(0.01);
        control.Next(20, 20, 3, 11_200).Should().Be(0.02);
        Enumerable.Range(13, 20).Select(s => control.Next(20, 20, 10, s * 1_000)).ToList().Should().BeInAscendingOrder().And.EndWith(1);
    }

    [Fact]
    public void AdmissionControl_RelapseDuringTheTrickle_WaitsTwiceAsLong()
    {
        var control = new AdmissionControl();
        control.Next(100, 20, 1_000, 0);
        control.Next(20, 20, 0, 10_000).Should().Be(0.01);
        control.Next(100, 20, 5, 10_500);

        control.Next(20, 20, 0, 25_000).Should().Be(0);
        control.Next(20, 20, 0, 30_600).Should().Be(0.01);
    }
}
