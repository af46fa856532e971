using AkiDb.Contracts;
using AkiDb.Forecasting.Calendars;
using AkiDb.Forecasting.Traffic;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Forecasts;
using AkiDb.Predictor.Replay;

namespace AkiDb.Runtime.Tests.Predictor;

/// <summary>
/// The bars of the replay on real traffic, where the traces are: in the folder that AKIDB_DATA names, by default ../shared/data.
/// Where they are not there is nothing to judge; the rules themselves are tested on made traffic beside this.
/// </summary>
public sealed class ReplayBarTests
{
    [Theory]
    [InlineData("wc98_June30d")]
    [InlineData("ms_mongo01")]
    public void Own_OnRegularTraffic_MissesATenthOfTheReactiveMinutesWithAFifthOverTheOracle(string name)
    {
        if (Compare(name) is not var (reactive, own))
        {
            return;
        }

        own.MinutesAboveTarget.Should().BeLessThanOrEqualTo(reactive.MinutesAboveTarget / 10);
        own.SaturatedMinutes.Should().BeLessThanOrEqualTo(reactive.SaturatedMinutes);
        own.OverOracle.Should().BeLessThanOrEqualTo(0.2);
    }

    [Theory]
    [InlineData("ms_mongo02")]
    [InlineData("ms_ingress01")]
    [InlineData("nasa_Aug28d")]
    public void Own_OnAnyTraffic_IsSaturatedNoLongerThanTheReactiveOne(string name)
    {
        if (Compare(name) is not var (reactive, own))
        {
            return;
        }

        own.SaturatedMinutes.Should().BeLessThanOrEqualTo(reactive.SaturatedMinutes);
        own.MinutesAboveTarget.Should().BeLessThanOrEqualTo(reactive.MinutesAboveTarget);
    }

    private static (PolicyScore Reactive, PolicyScore Own)? Compare(string name)
    {
        var folder = Environment.GetEnvironmentVariable("AKIDB_DATA") ?? RepositoryFolder.At("..", "shared", "data");
        var file = Path.Combine(folder, "traces", $"{name}.csv");
        if (!File.Exists(file))
        {
            return null;
        }

        var series = TrafficCsv.Read(file);
        var settings = new ScalingSettings();
        var trace = ReplayTrace.Scaled(name, series.Start, series.Values, ReplicaRule.Default);
        var feed = EngineFeed.Of(trace, new EngineSettings(), past => ForecasterFits.Of(past, new HolidayCalendar()), default);
        var comparison = ReplayComparison.Of(trace, settings.Rule, settings.ProvisioningMinutes,
            [ReplayPolicies.Create("hpa-80", trace, settings, null), ReplayPolicies.Create(ReplayPolicies.Own, trace, settings, feed)]);
        return (comparison.Results[0].Score, comparison.Results[1].Score);
    }
}
