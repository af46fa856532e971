using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Hosting;
using AkiDb.StandIns.Kubernetes;
using AkiDb.Telemetry.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>What the autoscaler asks of the API server, with the rights that the infrastructure declares.</summary>
public sealed class AutoscalerCallsTests
{
    [Fact]
    public async Task EveryCall_OfANormalRun_IsGrantedByTheDeclaredRole()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Load = _ => 9;
        scaler.Forecast = () => scaler.Needing(10);

        await scaler.MinutesAsync(3);
        var change = scaler.Switch.WaitForChangeAsync(CancellationToken.None);
        scaler.Api.PutConfigMap("akidb", ServiceNames.PredictiveAutoscaler, (ScalingSwitchKeys.Enabled, "false"));
        await change;
        await scaler.Election.ReleaseAsync(CancellationToken.None);

        scaler.Api.Calls.Should().NotContain(call => call.EndsWith(" 403", StringComparison.Ordinal) || call.EndsWith(" 401", StringComparison.Ordinal));
        scaler.Api.Calls.Select(call => string.Join(' ', call.Split(' ').Take(2))).Distinct().Should().BeEquivalentTo(
            "get leases", "create leases", "update leases", "get configmaps", "watch configmaps", "get deployments/scale", "patch deployments/scale", "create events");
    }

    [Fact]
    public async Task Change_IsToldAsAnEventOfTheTarget()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Load = _ => 9;
        scaler.Forecast = () => scaler.Needing(12);

        await scaler.MinuteAsync();

        var told = scaler.Api.List("events.k8s.io", "akidb", "events").Should().ContainSingle().Subject;
        told["regarding"]!["name"]!.ToString().Should().Be(ServiceNames.SearchEngine);
        told["reason"]!.ToString().Should().Be("Forecast");
        told["note"]!.ToString().Should().Be("4 to 12 replicas: Forecast. Traffic 2520 queries/s needs 9, forecast of test 3360 queries/s needs 12.");
        told["eventTime"]!.ToString().Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
    }

    [Fact]
    public async Task Role_WithoutPatch_IsToldAndNothingElseBreaks()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Load = _ => 9;
        scaler.Api.Rules = [.. scaler.Api.Rules.Select(rule => rule.Resources.Contains("deployments/scale") ? rule with { Verbs = ["get"] } : rule)];

        (await scaler.MinuteAsync()).Should().BeNull();

        scaler.Api.Calls.Should().Contain("patch deployments/scale akidb-rest 403");
        scaler.Metric(AutoscalerMetricNames.Failures, "{call=\"scale\"}").Should().Be(1);
        scaler.Replicas.Should().Be(4);
    }

    [Fact]
    public async Task DryRun_DecidesAndChangesNothing()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(settings: new AutoscalerSettings { IsDryRun = true });
        scaler.Load = _ => 9;

        var decision = await scaler.RoundAsync();

        decision!.Replicas.Should().BeGreaterThanOrEqualTo(9);
        scaler.Replicas.Should().Be(4);
        scaler.Api.Calls.Should().NotContain(call => call.StartsWith("patch", StringComparison.Ordinal));
        scaler.Api.List("events.k8s.io", "akidb", "events").Should().BeEmpty();
    }

    [Fact]
    public async Task DryRun_BesideALeader_OnlyReadsAndDecidesWithoutTheLease()
    {
        await using var api = await FakeApiServer.StartAsync(await PredictorPlan.AutoscalerRulesAsync());
        api.PutDeployment(ServiceNames.Namespace, ServiceNames.SearchEngine, 4);
        api.PutConfigMap(ServiceNames.Namespace, ServiceNames.PredictiveAutoscaler, (ScalingSwitchKeys.Enabled, "true"));
        api.Fault = call => call.Resource == "leases" ? new ApiFault { Status = 500 } : null;
        await using var service = AutoscalerHost.Build(new AutoscalerOptions
        {
            Urls = "http://127.0.0.1:0",
            Prometheus = new Uri("http://127.0.0.1:1"),
            Query = "none",
            Predictor = new Uri("http://127.0.0.1:1"),
            Target = $"deployment/{ServiceNames.SearchEngine}",
            ApiServer = api.Url,
            TokenFile = api.TokenFile,
            AuthorityFile = api.AuthorityFile,
            Identity = "dry",
            Settings = new AutoscalerSettings { IsDryRun = true },
        });
        await service.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        // The wait for the switch begins after the round, and so after its decision.
        while (!api.Calls.Any(call => call.StartsWith("watch", StringComparison.Ordinal)))
        {
            await Task.Delay(20, patience.Token);
        }

        await service.StopAsync();

        var metrics = new ArrayBufferWriter<byte>();
        service.Services.GetRequiredService<MetricRegistry>().Write(metrics);
        Encoding.UTF8.GetString(metrics.WrittenSpan).Should().Contain(AutoscalerMetricNames.Decisions);
        api.Calls.Select(call => string.Join(' ', call.Split(' ').Take(2))).Distinct().Should().BeEquivalentTo(
            "get configmaps", "get deployments/scale", "watch configmaps");
    }

    [Fact]
    public async Task Hpa_AsTarget_GetsMinReplicasAndNothingElse()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync(target: client => new HpaTarget(client, "akidb", "readers"));
        scaler.Api.Rules = [.. scaler.Api.Rules, new RoleRule(["autoscaling"], ["horizontalpodautoscalers"], ["get", "patch"], ["readers"])];
        scaler.Api.Put("autoscaling", "akidb", "horizontalpodautoscalers", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "readers" },
            ["spec"] = new JsonObject { ["minReplicas"] = 3, ["maxReplicas"] = 30 },
        });
        scaler.Load = _ => 7;
        scaler.Forecast = () => scaler.Needing(8);

        var decision = await scaler.RoundAsync();

        (decision!.Before, decision.Replicas).Should().Be((3, 8));
        var spec = scaler.Api.Find("autoscaling", "akidb", "horizontalpodautoscalers", "readers")!["spec"]!;
        spec["minReplicas"]!.GetValue<int>().Should().Be(8);
        spec["maxReplicas"]!.GetValue<int>().Should().Be(30);
        scaler.Replicas.Should().Be(4, "the Deployment is the horizontal pod autoscaler's");
    }

    [Fact]
    public async Task Metrics_TellDecisionFloorAndForecast()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Load = _ => 9;
        scaler.Forecast = () => scaler.Needing(10);
        await scaler.MinuteAsync();

        scaler.Metric(AutoscalerMetricNames.NeededReplicas).Should().Be(9);
        scaler.Metric(AutoscalerMetricNames.WantedReplicas).Should().Be(10);
        scaler.Metric(AutoscalerMetricNames.DecidedReplicas).Should().Be(10);
        scaler.Metric(AutoscalerMetricNames.CurrentReplicas).Should().Be(4);
        scaler.Metric(AutoscalerMetricNames.Enabled).Should().Be(1);
        scaler.Metric(AutoscalerMetricNames.Actions, "{direction=\"up\"}").Should().Be(1);
        scaler.Metric(AutoscalerMetricNames.Decisions, "{reason=\"Forecast\"}").Should().Be(1);
        scaler.Load = _ => double.NaN;
        scaler.Forecast = () => null;
        await scaler.MinutesAsync(4);
        scaler.Metric(AutoscalerMetricNames.NeededReplicas).Should().Be(0, "an old number would look like a measurement");
    }

    [Fact]
    public async Task Metrics_OfAPodThatLostTheLead_TellNothingThatIsTheLeadersToTell()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        scaler.Load = _ => 9;
        scaler.Forecast = () => scaler.Needing(10);
        await scaler.MinuteAsync();
        scaler.Metric(AutoscalerMetricNames.ForecastUsed).Should().Be(1);

        scaler.Api.Fault = call => call.Resource == "leases" ? new ApiFault { Status = 500 } : null;
        (await scaler.MinuteAsync()).Should().BeNull();

        scaler.Election.IsLeading.Should().BeFalse();
        scaler.Metric(AutoscalerMetricNames.Enabled).Should().Be(0);
        foreach (var name in (string[])
            [
                AutoscalerMetricNames.CurrentReplicas, AutoscalerMetricNames.DecidedReplicas, AutoscalerMetricNames.ForecastUsed,
                AutoscalerMetricNames.NeededReplicas, AutoscalerMetricNames.WantedReplicas,
            ])
        {
            scaler.HasMetric(name).Should().BeFalse(name);
        }
    }

    [Fact]
    public async Task Switch_WhoseVersionIsForgotten_IsNotWatchedInABusyLoop()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        await scaler.TryToLeadAsync();
        scaler.Api.Compact();

        using var loop = scaler.Loop();
        await loop.StartAsync(CancellationToken.None);
        await WatchedAsync(scaler, 1);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await loop.StopAsync(CancellationToken.None);

        Watches(scaler).Should().Be(1, "the version that was read is too old at once, each time");
    }

    [Fact]
    public async Task Switch_Deleted_IsWatchedUntilItComesBack()
    {
        await using var scaler = await AutoscalerUnderTest.StartAsync();
        await scaler.Switch.ReadAsync(CancellationToken.None);
        scaler.Api.Remove("", "akidb", "configmaps", ServiceNames.PredictiveAutoscaler);
        await scaler.Switch.ReadAsync(CancellationToken.None);
        scaler.Switch.Current.IsEnabled.Should().BeFalse();
        scaler.Api.Compact();

        var change = scaler.Switch.WaitForChangeAsync(CancellationToken.None);
        await WatchedAsync(scaler, 1);
        change.IsCompleted.Should().BeFalse("nothing is there yet");
        scaler.Api.PutConfigMap("akidb", ServiceNames.PredictiveAutoscaler, (ScalingSwitchKeys.Enabled, "true"));
        await change;
        await scaler.Switch.ReadAsync(CancellationToken.None);

        scaler.Switch.Current.IsEnabled.Should().BeTrue();
    }

    private static int Watches(AutoscalerUnderTest scaler) =>
        scaler.Api.Calls.Count(call => call.StartsWith("watch configmaps", StringComparison.Ordinal));

    private static async Task WatchedAsync(AutoscalerUnderTest scaler, int times)
    {
        while (Watches(scaler) < times)
        {
            await Task.Delay(20);
        }
    }
}
