using AkiDb.Contracts;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Traffic;
using AkiDb.StandIns.Kubernetes;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>Things go wrong around the autoscaler. <see cref="AutoscalerUnderTest"/> checks bounds, floor and step in every round.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task Prometheus_GoneForHalfAnHour_NothingIsTakenAwayAndTrafficIsFollowedAfterwards()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 8);
        scaler.Load = _ => throw new TrafficSourceException("connection refused");

        var decisions = await scaler.MinutesAsync(30);

        scaler.Replicas.Should().Be(8);
        decisions.Should().OnlyContain(decision => decision!.Reason == ScalingReason.TrafficUnknown);
        scaler.Metric(AutoscalerMetricNames.Failures, "{call=\"traffic\"}").Should().Be(30);
        scaler.Load = _ => 12;
        (await scaler.MinuteAsync())!.Floor.Should().Be(12);
        scaler.Replicas.Should().BeGreaterThanOrEqualTo(12);
    }

    [Fact]
    public async Task Prometheus_Stale_OldTrafficIsNotTakenForCurrent()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 8);
        await scaler.MinuteAsync();
        // Scrapes stopped: the newest minutes are empty, and the last value before them was low.
        var stopped = scaler.LastMinute;
        scaler.Load = minute => minute > stopped ? double.NaN : 2;

        var decisions = await scaler.MinutesAsync(20);

        decisions.Skip(3).Should().OnlyContain(decision => decision!.Reason == ScalingReason.TrafficUnknown && decision.TrafficQps == null);
        scaler.Replicas.Should().Be(8);
    }

    [Fact]
    public async Task Prometheus_EveryOtherMinuteIsNoNumber_TheNewestKnownOneCounts()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 6);
        scaler.Load = minute => minute.Minute % 2 == 0 ? double.NaN : 6;
        scaler.Forecast = () => scaler.Needing(6);

        var decisions = await scaler.MinutesAsync(20);

        decisions.Should().OnlyContain(decision => decision!.Floor == 6);
        scaler.Replicas.Should().Be(6);
    }

    [Theory]
    [InlineData(-180)]
    [InlineData(180)]
    public async Task WallClock_JumpsThreeHours_ReplicasStayAndTheNextMinuteIsNormal(int minutes)
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 6);
        scaler.Load = _ => 6;
        scaler.Forecast = () => scaler.Needing(6);
        await scaler.MinutesAsync(6);
        // The forecast was made before the jump, so that it seems to come from the future or from long ago.
        var before = scaler.Needing(20);
        scaler.Forecast = () => before;

        scaler.Time.JumpWallClock(TimeSpan.FromMinutes(minutes));
        var decision = await scaler.MinuteAsync();

        decision!.ForecastReplicas.Should().BeNull();
        decision.ForecastRefusal.Should().StartWith("made ");
        scaler.Replicas.Should().BeInRange(6, 8);
        scaler.Forecast = () => scaler.Needing(9);
        (await scaler.MinuteAsync())!.Replicas.Should().Be(9);
    }

    [Theory]
    [InlineData("500", true)]
    [InlineData("500", false)]
    [InlineData("429", false)]
    [InlineData("abort", true)]
    [InlineData("abort", false)]
    public async Task ApiServer_FailsForTenMinutesWhileTrafficTriples_FloorIsMetInTheFirstRoundAfterwards(string how, bool losesTheLease)
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 4);
        await scaler.MinutesAsync(5);
        scaler.Load = _ => 12;
        scaler.Api.Fault = call => call.Resource == "leases" && !losesTheLease ? null : how switch
        {
            "500" => new ApiFault { Status = 500 },
            "429" => new ApiFault { Status = 429, RetryAfterSeconds = 30 },
            _ => new ApiFault { Aborts = true },
        };
        var before = scaler.Replicas;

        (await scaler.MinutesAsync(10)).Should().OnlyContain(decision => decision == null);

        scaler.Replicas.Should().Be(before);
        scaler.Election.IsLeading.Should().Be(!losesTheLease);
        scaler.Api.Fault = _ => null;
        (await scaler.MinuteAsync())!.Floor.Should().Be(12);
        scaler.Replicas.Should().BeGreaterThanOrEqualTo(12);
    }

    [Fact]
    public async Task ApiServer_AsksToBeLeftAlone_IsNotCalledForThatLong()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Api.Fault = call => call.Resource == "deployments" ? new ApiFault { Status = 429, RetryAfterSeconds = 150 } : null;
        await scaler.MinuteAsync();
        scaler.Api.Fault = _ => null;

        var decisions = await scaler.MinutesAsync(3);

        decisions.Take(2).Should().OnlyContain(decision => decision == null);
        decisions[2].Should().NotBeNull();
        scaler.Api.Calls.Count(call => call.StartsWith("get deployments/scale", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public async Task ApiServer_AnswersTooSlowly_TheRoundGivesUpAndTheNextOneSucceeds()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(callLimit: TimeSpan.FromSeconds(1));
        scaler.Load = _ => 9;
        scaler.Api.Fault = call => call.Resource == "deployments" ? new ApiFault { Delay = TimeSpan.FromSeconds(30) } : null;

        (await scaler.MinuteAsync()).Should().BeNull();

        scaler.Api.Fault = _ => null;
        (await scaler.MinuteAsync())!.Replicas.Should().BeGreaterThanOrEqualTo(9);
    }

    [Theory]
    [InlineData(4, 8)]
    [InlineData(15, 20)]
    public async Task Forecaster_SeesAPhantomSpikeOfTenTimes_AddsOneStepWithinTheBoundsAndItIsGivenBack(int load, int most)
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: load);
        scaler.Load = _ => load;
        scaler.Forecast = () => scaler.Needing(load);
        await scaler.MinutesAsync(6);

        scaler.Forecast = () => scaler.Needing(10 * load);
        await scaler.MinutesAsync(5);

        scaler.Replicas.Should().Be(most);
        scaler.Forecast = () => scaler.Needing(load);
        await scaler.MinutesAsync(6);
        scaler.Replicas.Should().Be(load);
    }

    [Fact]
    public async Task Traffic_ThirtyTimesAsMuchAndThenNone_StaysWithinTheBounds()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 4);
        scaler.Load = _ => 120;
        scaler.Forecast = () => scaler.Needing(120);

        await scaler.MinuteAsync();

        scaler.Replicas.Should().Be(20, "the floor is not capped by a step");
        scaler.Load = _ => 0;
        scaler.Forecast = () => scaler.Needing(0);
        await scaler.MinutesAsync(10);
        scaler.Replicas.Should().Be(2);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-5)]
    public async Task Forecaster_GivesWhatCannotBe_TrafficAloneDecides(double bound)
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 6);
        scaler.Load = _ => 4;
        scaler.Forecast = () => scaler.Needing(bound);

        var decisions = await scaler.MinutesAsync(8);

        decisions.Should().OnlyContain(decision => decision!.ForecastRefusal == "not a number");
        // 4 × 280 queries/s at 66 % of 350.
        scaler.Replicas.Should().Be(5 + 1, "6 to 5 is within the band");
    }

    [Fact]
    public async Task Leader_Lost_StopsWritingAndTheOtherTakesOverAfterTheLeaseExpired()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Load = _ => 10;
        await scaler.MinuteAsync();
        var other = scaler.Sibling("pod-b");
        await other.TryToLeadAsync();
        other.Election.IsLeading.Should().BeFalse("pod-a holds the Lease");

        // pod-a hangs: it renews nothing and decides nothing for a while.
        scaler.Time.Advance(TimeSpan.FromSeconds(25));
        scaler.Election.IsLeading.Should().BeFalse("it could not renew");
        await other.TryToLeadAsync();
        other.Election.IsLeading.Should().BeFalse("the Lease has not expired");
        scaler.Time.Advance(TimeSpan.FromSeconds(6));
        await other.TryToLeadAsync();

        other.Election.IsLeading.Should().BeTrue();
        await scaler.TryToLeadAsync();
        scaler.Election.IsLeading.Should().BeFalse("pod-b holds the Lease now");
        var lease = scaler.Api.Find("coordination.k8s.io", "akidb", "leases", ServiceNames.PredictiveAutoscaler)!["spec"]!;
        lease["holderIdentity"]!.ToString().Should().Be("pod-b");
        lease["leaseTransitions"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task TwoPods_Together_NeverLeadAtOnceAndOnlyTheLeaderWrites()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        var other = scaler.Sibling("pod-b");
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            scaler.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 12)));
            if (random.Next(3) > 0)
            {
                await scaler.TryToLeadAsync();
            }

            if (random.Next(3) > 0)
            {
                await other.TryToLeadAsync();
            }

            (scaler.Election.IsLeading && other.Election.IsLeading).Should().BeFalse();
            if (i == 100)
            {
                await scaler.Election.ReleaseAsync(CancellationToken.None);
                await other.Election.ReleaseAsync(CancellationToken.None);
            }
        }

        scaler.Load = other.Load = _ => 15;
        await other.Election.ReleaseAsync(CancellationToken.None);
        await scaler.MinuteAsync();
        var written = scaler.Api.Calls.Count(call => call.StartsWith("patch deployments/scale", StringComparison.Ordinal));
        (await other.MinuteAsync()).Should().BeNull("pod-a leads");
        scaler.Api.Calls.Count(call => call.StartsWith("patch deployments/scale", StringComparison.Ordinal)).Should().Be(written);
    }

    [Fact]
    public async Task Target_ChangesUnderEveryWrite_IsDecidedAgainAndThenGivenUpUntilTheNextRound()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Load = _ => 10;
        scaler.Api.Fault = call => call.Verb == "patch" ? new ApiFault { TouchesObject = true } : null;

        (await scaler.MinuteAsync()).Should().BeNull();

        scaler.Replicas.Should().Be(4);
        scaler.Metric(AutoscalerMetricNames.Conflicts).Should().Be(3);
        var storms = 2;
        scaler.Api.Fault = call => call.Verb == "patch" && storms-- > 0 ? new ApiFault { TouchesObject = true } : null;
        (await scaler.MinuteAsync())!.Floor.Should().Be(10);
        scaler.Replicas.Should().BeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task OffSwitch_Thrown_ForecastsAreIgnoredUntilItIsThrownBack()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 6);
        scaler.Load = _ => 6;
        scaler.Forecast = () => scaler.Needing(10);
        scaler.Api.PutConfigMap("akidb", ServiceNames.PredictiveAutoscaler, (ScalingSwitchKeys.Enabled, "false"), (ScalingSwitchKeys.MaxReplicas, "20"));

        var off = await scaler.MinuteAsync();
        scaler.Api.PutConfigMap("akidb", ServiceNames.PredictiveAutoscaler, (ScalingSwitchKeys.Enabled, "true"), (ScalingSwitchKeys.MaxReplicas, "9"));
        var on = await scaler.MinuteAsync();

        off!.ForecastRefusal.Should().Be("switched off");
        off.Replicas.Should().Be(8, "6 × 280 queries/s at 66 % of 350 are 7.3 replicas");
        on!.Forecaster.Should().Be("test");
        on.Replicas.Should().Be(9, "that is the most now");
    }

    [Fact]
    public async Task OffSwitch_WithNonsenseInIt_IsOffAndMovesNoBounds()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(replicas: 6);
        scaler.Load = _ => 6;
        scaler.Forecast = () => scaler.Needing(10);
        scaler.Api.PutConfigMap("akidb", ServiceNames.PredictiveAutoscaler,
            (ScalingSwitchKeys.Enabled, "yes"), (ScalingSwitchKeys.MinReplicas, "30"), (ScalingSwitchKeys.MaxReplicas, "3"));

        var decision = await scaler.MinuteAsync();

        decision!.ForecastRefusal.Should().Be("switched off");
        (decision.MinReplicas, decision.MaxReplicas).Should().Be((2, 20));
        scaler.Switch.Current.Errors.Should().HaveCount(2);
    }

    [Fact]
    public async Task Target_SetToZeroByItsSchedule_IsLeftAlone()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Api.PutDeployment("akidb", ServiceNames.SearchEngine, 0);

        (await scaler.RoundAsync()).Should().BeNull();

        scaler.Api.Calls.Should().Contain(call => call.StartsWith("get deployments/scale", StringComparison.Ordinal));
        scaler.Api.Calls.Should().NotContain(call => call.StartsWith("patch deployments/scale", StringComparison.Ordinal));
        scaler.Replicas.Should().Be(0);
    }
}
