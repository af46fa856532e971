using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.StandIns.Kubernetes;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>
/// Both services as a cluster would start them: the declared arguments, a real Prometheus, an API server that grants the declared
/// rights. Only addresses differ.
/// </summary>
public sealed class DeclaredServicesTests(TrafficFixture traffic) : IClassFixture<TrafficFixture>
{
    [Fact]
    public async Task PredictorAndAutoscaler_AsDeclared_ScaleTheReadersByTheForecast()
    {
        await using var api = await FakeApiServer.StartAsync(await PredictorPlan.AutoscalerRulesAsync());
        api.PutDeployment("akidb", ServiceNames.SearchEngine, 3);
        var scaling = await PredictorPlan.ScalingAsync();
        api.PutConfigMap("akidb", ServiceNames.PredictiveAutoscaler, [.. Switch(scaling)]);
        var prometheus = new Dictionary<string, string> { ["--prometheus"] = traffic.Prometheus.Url.AbsoluteUri };

        await using var predictor = DeclaredProcess.Start(await PredictorPlan.PredictorAsync(), prometheus);
        await predictor.UntilAsync(predictor.IsReadyAsync, "the predictor is ready");
        var forecast = JsonNode.Parse(await predictor.Http.GetStringAsync(new Uri(ServiceEndpoints.Forecast, UriKind.Relative)))!;
        forecast["refusal"].Should().BeNull();
        forecast["minutes"]!.AsArray().Should().HaveCount(15);

        await using var autoscaler = DeclaredProcess.Start(
            scaling, prometheus, "--predictor", predictor.Http.BaseAddress!.AbsoluteUri, "--api-server", api.Url.AbsoluteUri,
            "--token-file", api.TokenFile, "--ca-file", api.AuthorityFile);
        await autoscaler.UntilAsync(() => Task.FromResult(api.Replicas("akidb", ServiceNames.SearchEngine) > 3), "the readers are scaled");
        await autoscaler.UntilAsync(() => Task.FromResult(!api.List("events.k8s.io", "akidb", "events").Count.Equals(0)), "the change is told");

        var line = autoscaler.Lines.First(line => line.Contains("\"Floor\"", StringComparison.Ordinal));
        var state = JsonNode.Parse(line)!["State"]!;
        state["Forecaster"]!.ToString().Should().Be(forecast["forecaster"]!.ToString());
        state["Level"]!.GetValue<double>().Should().Be(0.9);
        state["Before"]!.GetValue<int>().Should().Be(3);
        state["Floor"]!.GetValue<int>().Should().BeInRange(6, 9, "the traffic is 7.5 replicas' now");
        state["ForecastReplicas"]!.GetValue<int>().Should().BeInRange(7, 10);
        state["Replicas"]!.GetValue<int>().Should().Be(api.Replicas("akidb", ServiceNames.SearchEngine));
        state["MinReplicas"]!.GetValue<int>().Should().Be(3, "the ConfigMap says so");
        foreach (var name in new[] { "Reason", "TrafficQps", "ForecastQps", "LookAheadMinutes", "StepLimit", "ForecastRefusal", "IsDryRun" })
        {
            state.AsObject().Should().ContainKey(name);
        }

        (await autoscaler.TerminateAsync()).Should().Be(0);
        api.Find("coordination.k8s.io", "akidb", "leases", ServiceNames.PredictiveAutoscaler)!["spec"]!["holderIdentity"]!.ToString()
            .Should().BeEmpty("the next pod need not wait for the Lease");
        api.Calls.Should().NotContain(call => call.EndsWith(" 403", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Key, string Value)> Switch(AkiDb.Infra.Plan.StackPlan plan) =>
        new[] { ScalingSwitchKeys.Enabled, ScalingSwitchKeys.MinReplicas, ScalingSwitchKeys.MaxReplicas }
            .Select(key => (key, TestKit.PlanAssertions.Text(TestKit.PlanAssertions.Only(plan, "kubernetes:core/v1:ConfigMap"), $"data.{key}")));
}
