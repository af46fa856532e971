using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.Predictor.Autoscaling;

namespace AkiDb.Runtime.Tests.Predictor;

public sealed class ReplicaDeciderTests
{
    private const double PerReplica = 280;
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ScalingSettings Settings = new();

    [Fact]
    public void Decide_ForecastOneReplicaAbove_AddsIt()
    {
        // 16.7 %: the specification's band of 20 % would have forbidden it.
        var decision = Steady(6, load: 6, forecast: 7);

        decision.Replicas.Should().Be(7);
        decision.Reason.Should().Be(ScalingReason.Forecast);
    }

    [Fact]
    public void Decide_TrafficAboveForecast_TrafficIsTheFloor()
    {
        var decision = Steady(6, load: 9, forecast: 3);

        decision.Replicas.Should().Be(9);
        decision.Reason.Should().Be(ScalingReason.Traffic);
        decision.Floor.Should().Be(9);
    }

    [Fact]
    public void Decide_TrafficThreeTimesTheReplicas_IsNotLimitedByTheStep()
    {
        Steady(4, load: 15, forecast: 4).Replicas.Should().Be(15);
    }

    [Fact]
    public void Decide_ForecastTenTimesTheTraffic_AddsOneStepInFiveMinutes()
    {
        var (history, replicas) = (Past(4), 4);
        var most = 0;
        for (var minute = 0; minute < 5; minute++)
        {
            (var decision, history) = ReplicaDecider.Decide(Settings, history, Inputs(replicas, load: 4, forecast: 40) with { Now = Noon.AddMinutes(minute), Traffic = Reading(4, minute), Forecast = Forecast(40, minute) });
            replicas = decision.Replicas;
            most = Math.Max(most, replicas);
            decision.Reason.Should().BeOneOf(ScalingReason.StepLimit, ScalingReason.Enough);
        }

        most.Should().Be(8);
    }

    [Fact]
    public void Decide_LessWanted_WaitsFiveDecisionsAndThenGoes()
    {
        var (history, replicas) = (Past(10), 10);
        var reasons = new List<ScalingReason>();
        for (var minute = 0; minute < 5; minute++)
        {
            (var decision, history) = ReplicaDecider.Decide(Settings, history, Inputs(replicas, load: 5, forecast: 5));
            replicas = decision.Replicas;
            reasons.Add(decision.Reason);
        }

        reasons.Should().Equal(ScalingReason.ScaleInWait, ScalingReason.ScaleInWait, ScalingReason.ScaleInWait, ScalingReason.ScaleInWait, ScalingReason.ScaleIn);
        replicas.Should().Be(5);
    }

    [Fact]
    public void Decide_AFifthLessWanted_IsNotWorthIt()
    {
        // 5 to 4 is exactly 20 %, not more.
        var history = new ScalingHistory([4, 4, 4, 4], [5, 5, 5, 5]);

        var (decision, _) = ReplicaDecider.Decide(Settings, history, Inputs(5, load: 4, forecast: 4));

        decision.Replicas.Should().Be(5);
        decision.Reason.Should().Be(ScalingReason.ScaleInBand);
    }

    [Fact]
    public void Decide_WithoutAPast_TakesNothingAway()
    {
        var (decision, _) = ReplicaDecider.Decide(Settings, ScalingHistory.Empty, Inputs(15, load: 2, forecast: 2));

        decision.Replicas.Should().Be(15);
        decision.Reason.Should().Be(ScalingReason.ScaleInWait);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Decide_TrafficThatCannotBe_KeepsWhatIsThere(double qps)
    {
        var inputs = Inputs(7, load: 2, forecast: 2) with { Traffic = new TrafficReading(qps, Noon.AddMinutes(-1)) };

        var (decision, _) = ReplicaDecider.Decide(Settings, Past(2), inputs);

        decision.Replicas.Should().Be(7);
        decision.Reason.Should().Be(ScalingReason.TrafficUnknown);
        decision.Floor.Should().BeNull();
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(120)]
    public void Decide_ClockJumped_NeitherTrafficNorForecastCount(int minutes)
    {
        var inputs = Inputs(7, load: 2, forecast: 20) with { Now = Noon.AddMinutes(minutes) };

        var (decision, _) = ReplicaDecider.Decide(Settings, Past(2), inputs);

        decision.Replicas.Should().Be(7);
        decision.ForecastReplicas.Should().BeNull();
        decision.ForecastRefusal.Should().StartWith("made ");
    }

    [Fact]
    public void Decide_TrafficUnknownAndForecastFresh_TheForecastMayStillAdd()
    {
        var (decision, _) = ReplicaDecider.Decide(Settings, Past(6), Inputs(6, load: 6, forecast: 9) with { Traffic = null });

        decision.Replicas.Should().Be(9);
    }

    [Fact]
    public void Decide_SwitchedOff_TrafficDecidesWithMoreRoom()
    {
        // 6 × 280 queries/s at 66 % of 350 a replica: 7.3.
        var (decision, _) = ReplicaDecider.Decide(Settings, Past(6), Inputs(6, load: 6, forecast: 20) with { IsForecastEnabled = false });

        decision.Replicas.Should().Be(8);
        decision.Reason.Should().Be(ScalingReason.Headroom);
        decision.ForecastRefusal.Should().Be("switched off");
    }

    [Fact]
    public void Decide_BoundsBelowWhatIsThere_GoesThereAtOnce()
    {
        var settings = Settings with { Rule = ReplicaRule.Default with { MaxReplicas = 6 } };

        var (decision, _) = ReplicaDecider.Decide(settings, Past(10), Inputs(10, load: 10, forecast: 10));

        decision.Replicas.Should().Be(6);
        decision.Reason.Should().Be(ScalingReason.Bounds);
    }

    [Fact]
    public void Decide_OlderForecast_LooksFurtherIntoIt()
    {
        var bounds = Enumerable.Range(1, 15).Select(minute => minute * PerReplica).ToArray();
        var inputs = Inputs(15, load: 2, forecast: 2) with
        {
            Forecast = new PeakForecast { Forecaster = "f", LastMinute = Noon.AddMinutes(-3), Level = 0.9, UpperBounds = [.. bounds] },
        };

        var (decision, _) = ReplicaDecider.Decide(Settings, Past(2), inputs);

        // 13 minutes ahead of now are 15 ahead of a forecast that is two minutes old.
        decision.ForecastReplicas.Should().Be(15);
        decision.LookAheadMinutes.Should().Be(13);
    }

    [Fact]
    public void Decide_AnyInputs_StaysWithinBoundsNeverBelowTrafficAndNeverAddsMoreThanAStep()
    {
        var random = new Random(7);
        var history = ScalingHistory.Empty;
        var replicas = 2;
        var past = new List<int>();
        for (var i = 0; i < 20_000; i++)
        {
            double Any(double most) => random.Next(20) == 0 ? double.NaN : random.NextDouble() * most;
            var (load, age) = (Any(6_000), random.Next(10) == 0 ? random.Next(-90, 90) : 0);
            var inputs = new ScalingInputs
            {
                Now = Noon.AddMinutes(i),
                Replicas = replicas,
                Traffic = random.Next(10) == 0 ? null : new TrafficReading(load, Noon.AddMinutes(i - 1 - age)),
                Forecast = random.Next(10) == 0 ? null : Forecast(0, i) with { UpperBounds = [.. Enumerable.Repeat(Any(60_000), 15)] },
                IsForecastEnabled = random.Next(10) > 0,
            };
            past.Add(replicas);

            (var decision, history) = ReplicaDecider.Decide(Settings, history, inputs);

            decision.Replicas.Should().BeInRange(2, 20);
            if (decision.Floor is { } floor)
            {
                decision.Replicas.Should().BeGreaterThanOrEqualTo(floor);
                floor.Should().Be(Settings.Rule.ReplicasFor(load));
            }
            else
            {
                decision.Replicas.Should().BeGreaterThanOrEqualTo(replicas);
            }

            var allowed = Math.Max(2 * Math.Max(past.TakeLast(5).Min(), decision.Floor ?? 0), Math.Max(replicas, decision.Floor ?? 0));
            decision.Replicas.Should().BeLessThanOrEqualTo(allowed);
            replicas = random.Next(50) == 0 ? random.Next(2, 21) : decision.Replicas;
        }
    }

    [Fact]
    public void Line_OfADecision_HasNoHolesWhereNothingIsKnownAndEveryFigureByItsName()
    {
        var known = new DecisionLine("deployment/readers", Steady(4, load: 9, forecast: 12), isDryRun: false);
        var inputs = Inputs(4, load: 4, forecast: 4) with { Traffic = null, IsForecastEnabled = false };
        var unknown = new DecisionLine("deployment/readers", ReplicaDecider.Decide(Settings, Past(4), inputs).Decision, isDryRun: true);

        known.ToString().Should().Contain("Traffic 2520 queries/s needs 9, forecast of ridge 3360 queries/s needs 12. Step limit ");
        unknown.ToString().Should().Be(
            "deployment/readers: TrafficUnknown, 4 to 4 replicas. Traffic is unknown, no forecast is used (switched off). Step limit 8, bounds 2 to 20; a dry run.");
        known.Single(figure => figure.Key == "ForecastReplicas").Value.Should().Be(12);
        unknown.Single(figure => figure.Key == "TrafficQps").Value.Should().BeNull();
    }

    [Theory]
    [InlineData("{}", "enabled is missing; wanted \"true\" or \"false\". Forecasts stay off.")]
    [InlineData("""{"data":{"enabled":"yes"}}""", "enabled is 'yes'; allowed: \"true\" or \"false\". Forecasts stay off.")]
    public void Switch_ThatDoesNotSay_IsOffAndTheErrorTellsWhatIsWrong(string map, string error) =>
        SwitchState.Of(JsonNode.Parse(map)!).Should().BeEquivalentTo(new SwitchState(false, null, null, [error]));

    private static ScalingDecision Steady(int replicas, int load, int forecast) =>
        ReplicaDecider.Decide(Settings, Past(replicas), Inputs(replicas, load, forecast)).Decision;

    private static ScalingHistory Past(int replicas) =>
        new([.. Enumerable.Repeat(replicas, 4)], [.. Enumerable.Repeat(replicas, 4)]);

    private static ScalingInputs Inputs(int replicas, int load, int forecast) => new()
    {
        Now = Noon,
        Replicas = replicas,
        Traffic = Reading(load, 0),
        Forecast = Forecast(forecast, 0),
    };

    private static TrafficReading Reading(int replicas, int minute) => new(replicas * PerReplica, Noon.AddMinutes(minute - 1));

    private static PeakForecast Forecast(int replicas, int minute) => new()
    {
        Forecaster = "ridge",
        LastMinute = Noon.AddMinutes(minute - 1),
        Level = 0.9,
        UpperBounds = [.. Enumerable.Repeat(replicas * PerReplica, 15)],
    };
}
