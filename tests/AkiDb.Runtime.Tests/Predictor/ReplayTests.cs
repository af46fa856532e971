using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.Forecasting;
using AkiDb.Forecasting.Baselines;
using AkiDb.Forecasting.Calendars;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Forecasts;
using AkiDb.Predictor.Replay;

namespace AkiDb.Runtime.Tests.Predictor;

public sealed class ReplayTests
{
    private static readonly ReplicaRule Rule = ReplicaRule.Default;
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Cluster_Added_ServesAfterTheProvisioningTimeAndIsPaidAtOnce()
    {
        var cluster = new SimulatedCluster(3, 2);

        cluster.Scale(10, 5);

        (cluster.Replicas, cluster.Ready).Should().Be((5, 3));
        cluster.Begin(11);
        cluster.Ready.Should().Be(3);
        cluster.Begin(12);
        cluster.Ready.Should().Be(5);
    }

    [Fact]
    public void Cluster_Removed_LosesThoseThatStillStartFirst()
    {
        var cluster = new SimulatedCluster(3, 2);
        cluster.Scale(10, 6);

        cluster.Scale(11, 4);

        (cluster.Replicas, cluster.Ready).Should().Be((4, 3));
        cluster.Begin(12);
        cluster.Ready.Should().Be(4);
        cluster.Scale(13, 2);
        cluster.Ready.Should().Be(2);
    }

    [Fact]
    public void Score_AHandMadeRun_CountsWhatWasAskedFor()
    {
        // Four minutes on two replicas: within target (560), above it, above capacity (700) by half a replica, and within again.
        var trace = new ReplayTrace("hand", Monday, [500, 500, 600, 875, 500], From: 1);

        var run = PolicyRun.Of(new Constant(2), trace, Rule, 2);
        var score = PolicyScore.Of(run, trace, Rule);

        score.MinutesAboveTarget.Should().Be(2);
        score.SaturatedMinutes.Should().Be(1);
        score.OverloadedShare.Should().BeApproximately(175.0 / 2_475, 1e-9);
        score.ReplicaHours.Should().BeApproximately(8.0 / 60, 1e-9);
        // The oracle has 2, 3, 4, 2.
        score.OverOracle.Should().BeApproximately((8.0 - 11) / 11, 1e-9);
        score.DailyCost.Should().BeApproximately(20 * 0.5 / 60 * (24 * 60 / 4.0), 1e-6);
    }

    [Fact]
    public void Ramps_ReadyTenMinutesBefore_CountAsLeadAndLateOnesDoNot()
    {
        var need = Enumerable.Repeat(2, 40).Concat(Enumerable.Repeat(4, 40)).Concat(Enumerable.Repeat(6, 20)).ToArray();
        var ready = Enumerable.Repeat(2, 29).Concat(Enumerable.Repeat(4, 71)).ToArray();

        var score = RampScore.Of(need, ready);

        score.Should().Be(new RampScore(Ramps: 2, InTimeShare: 0.5, MedianLeadMinutes: 11, TenMinutesShare: 0.5));
    }

    [Fact]
    public void Reactive_WithinTheTolerance_DoesNothingAndWaitsFiveMinutesToScaleIn()
    {
        var load = Enumerable.Repeat(280.0 * 10, 1).Concat(Enumerable.Repeat(280.0 * 10.9, 1)).Concat(Enumerable.Repeat(280.0 * 5, 10)).ToArray();
        var policy = new ReactivePolicy(new ReplayTrace("t", Monday, load, 1), Rule, 0.8);
        var replicas = new List<int> { 10 };

        for (var minute = 0; minute < load.Length; minute++)
        {
            replicas.Add(policy.Decide(minute, replicas[^1]));
        }

        // A tenth over is left alone; the lower load is followed once five recommendations in a row wanted less.
        replicas.Skip(1).Should().Equal(10, 10, 10, 10, 10, 10, 5, 5, 5, 5, 5, 5);
    }

    [Fact]
    public void Curve_TheSameRun_SavesNothingAgainstItselfAndACheaperOneSaves()
    {
        var trace = DailyTrace();
        var runs = ReplayPolicies.ReactiveTargets.Select(target => PolicyRun.Of(new ReactivePolicy(trace, Rule, target), trace, Rule, 2)).ToList();
        var curve = new ReactiveCurve(runs, trace, Rule);

        curve.Compare(runs[2], trace, Rule, seed: 1).SavedShare.Should().BeApproximately(0, 1e-12);
        var perfect = PolicyRun.Of(new AutoscalerPolicy("perfect", trace, new ScalingSettings(), new PerfectFeed(trace)), trace, Rule, 2);
        var saved = curve.Compare(perfect, trace, Rule, seed: 1);
        saved.SavedShare.Should().BePositive();
        saved.Low.Should().BeLessThanOrEqualTo(saved.SavedShare).And.BePositive();
        saved.High.Should().BeGreaterThanOrEqualTo(saved.SavedShare);
    }

    [Fact]
    public void Comparison_PerfectForecast_MissesFewerMinutesThanTheSpecificationsRuleWithIt()
    {
        var trace = DailyTrace();
        var settings = new ScalingSettings();
        string[] names = ["specification-perfect", "akidb-perfect"];

        var comparison = ReplayComparison.Of(trace, Rule, 2, names.Select(name => ReplayPolicies.Create(name, trace, settings, null)));

        comparison.Results[1].Score.MinutesAboveTarget.Should().BeLessThan(comparison.Results[0].Score.MinutesAboveTarget / 10);
        comparison.Results[1].Score.Ramps.TenMinutesShare.Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Own_WithItsEngineOnSteepDailyRamps_MissesATenthOfTheReactiveMinutesWithAFifthOverTheOracle()
    {
        var trace = DailyTrace(days: 8, from: 6);
        var settings = new ScalingSettings();
        var feed = EngineFeed.Of(trace, new EngineSettings(), past => ForecasterFits.Of(past, new HolidayCalendar()), default);

        var comparison = ReplayComparison.Of(trace, Rule, settings.ProvisioningMinutes,
            [ReplayPolicies.Create("hpa-80", trace, settings, null), ReplayPolicies.Create(ReplayPolicies.Own, trace, settings, feed)]);

        var (reactive, own) = (comparison.Results[0].Score, comparison.Results[1].Score);
        reactive.MinutesAboveTarget.Should().BeGreaterThan(100, "otherwise there is nothing to forecast");
        own.MinutesAboveTarget.Should().BeLessThanOrEqualTo(reactive.MinutesAboveTarget / 10);
        own.SaturatedMinutes.Should().BeLessThanOrEqualTo(reactive.SaturatedMinutes);
        own.OverOracle.Should().BeLessThanOrEqualTo(0.2);
        feed.Coverage.Should().BeInRange(0.87, 0.93);
    }

    [Fact]
    public void Report_Json_HoldsEveryPolicyWithItsPrice()
    {
        var trace = DailyTrace();
        var comparison = ReplayComparison.Of(trace, Rule, 2, [ReplayPolicies.Create("hpa-80", trace, new ScalingSettings(), null)]);
        var price = new ReplicaPrice(0.02m, "prod");

        var json = JsonNode.Parse(ReplayReport.ToJson([comparison], price))!;

        var policy = json[0]!["policies"]![0]!;
        policy["score"]!["policy"]!.GetValue<string>().Should().Be("hpa-80");
        var hours = policy["score"]!["replicaHours"]!.GetValue<double>();
        policy["monthlyUsd"]!.GetValue<double>().Should().BeApproximately(hours / trace.JudgedMinutes * 60 * 24 * 365 / 12 / 60 * 60 * 0.02, 0.01);
    }

    [Fact]
    public void Price_OfAnEstimate_IsItsNodesOverItsReplicaHours()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                { "costVersion": 1, "environment": "prod", "scenario": "spec-curve", "capacity": [
                  { "replicaHours": 1000, "nodes": [ { "hours": 700, "usdPerHour": 0.03 }, { "hours": 300, "usdPerHour": 0.06 } ] },
                  { "replicaHours": 500, "nodes": [ { "hours": 100, "usdPerHour": 0.03 } ] } ] }
                """);

            ReplicaPrice.Read(file).Should().Be(new ReplicaPrice((21m + 18 + 3) / 1_500, "prod, spec-curve"));
            File.WriteAllText(file, "{}");
            FluentActions.Invoking(() => ReplicaPrice.Read(file)).Should().Throw<InvalidDataException>()
                .WithMessage("*'costVersion' is missing*akidb cost ENV --json*");
            File.WriteAllText(file, """
                { "costVersion": 1, "environment": "prod", "scenario": "s", "capacity": [
                  { "replicaHours": 10, "nodes": [ { "hours": 10, "usdPerHour": -0.5 } ] } ] }
                """);
            FluentActions.Invoking(() => ReplicaPrice.Read(file)).Should().Throw<InvalidDataException>().WithMessage("*cost -5.0 US dollars; wanted 0 or more*");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Report_OfATraceWithoutTraffic_IsJson()
    {
        var trace = new ReplayTrace("none", Monday, new double[2_000], From: 1_700);

        var json = ReplayReport.ToJson([ReplayComparison.Of(trace, Rule, 2, [new Constant(2)])], null);

        JsonNode.Parse(json)![0]!["policies"]![0]!["score"]!["overloadedShare"]!.GetValue<double>().Should().Be(0);
    }

    [Fact]
    public void Trace_Scaled_NeedsEighteenReplicasInItsBusyMinutesAndGoesOnWhereNothingWasObserved()
    {
        var values = Enumerable.Range(0, 3_000).Select(minute => 100.0 + minute).ToArray();
        values[10] = double.NaN;

        var trace = ReplayTrace.Scaled("t", Monday, values, Rule);

        Rule.ReplicasFor(trace.Qps.Order().ElementAt((int)(0.999 * 2_999))).Should().Be(18);
        trace.Qps[10].Should().Be(trace.Qps[9]);
        trace.From.Should().Be(2_550);
    }

    [Fact]
    public void Forecaster_OfAScaledTrace_ForecastsInTheTracesUnitsWhatItSaysOfTheRecordedOnes()
    {
        var recorded = Enumerable.Range(0, 3_000).Select(minute => 100.0 + minute).ToArray();
        var trace = ReplayTrace.Scaled("t", Monday, recorded, Rule);
        var (plain, scaled) = (new double[15], new double[15]);

        new OneMore().Forecast(recorded, Monday, plain);
        new ScaledForecaster(new OneMore(), trace.Scale).Forecast(trace.Qps, Monday, scaled);

        trace.Scale.Should().NotBe(1);
        scaled.Should().OnlyContain(value => Math.Abs(value - (plain[0] * trace.Scale)) < 1e-9);
        ReplayTrace.AsIs("t", Monday, recorded).Scale.Should().Be(1);
    }

    [Fact]
    public void Feed_OnConstantTraffic_WhereNobodyServes_GivesTheLastValue()
    {
        var trace = ReplayTrace.AsIs("flat", Monday, Enumerable.Repeat(280.0, 3 * 1_440).ToArray());

        var feed = EngineFeed.Of(trace, new EngineSettings { JudgedMinutes = 600, FewestJudged = 120 }, _ => [new RecentMeanForecaster()], default);

        feed.Choice.Forecaster.Should().BeNull();
        feed.After(trace.From).Should().BeNull();
        feed.PeakAfter(trace.From).Should().Be(280);
        feed.Coverage.Should().Be(double.NaN);
    }

    // Days between 3 and 15 replicas with the morning's and the evening's ramp within an hour.
    private static ReplayTrace DailyTrace(int days = 4, int from = 1)
    {
        var random = new Random(3);
        var load = Enumerable.Range(0, days * 1_440).Select(minute =>
        {
            var hour = minute % 1_440 / 60.0;
            var level = hour is < 8 or > 22 ? 3 : hour < 9 ? 3 + (12 * (hour - 8)) : hour > 21 ? 15 - (12 * (hour - 21)) : 15;
            return 280 * level * (1 + (0.02 * (random.NextDouble() - 0.5)));
        }).ToArray();
        return new ReplayTrace("daily", Monday, load, from * 1_440);
    }

    // Not proportional, as no forecaster with a fixed offset is.
    private sealed class OneMore : IForecaster
    {
        public string Name => "one-more";

        public int HistoryMinutes => 1;

        public void Forecast(ReadOnlySpan<double> history, DateTimeOffset lastMinute, Span<double> forecast) => forecast.Fill(history[^1] + 1);
    }

    private sealed class Constant(int replicas) : IScalingPolicy
    {
        public string Name => "constant";

        public int Decide(int minute, int before) => replicas;
    }
}
