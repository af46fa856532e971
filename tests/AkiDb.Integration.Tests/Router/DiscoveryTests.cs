using System.Net;
using System.Text.Json.Nodes;
using AkiDb.Kubernetes;
using AkiDb.TestKit;
using Microsoft.AspNetCore.Http;

namespace AkiDb.Integration.Tests.Router;

/// <summary>A server that answers like the Kubernetes API, over real HTTP; nodes and endpoints are the test's to change.</summary>
public class DiscoveryTests
{
    private volatile string _spotNodeTaints = "[]";
    private volatile bool _isSpotTerminating;
    private TaskCompletionSource _changed = new();

    [Fact]
    public async Task Backends_OfOneService_AreToldApartByTheCapacityTypeOfTheirNodes()
    {
        await using var kubernetes = await FaultyBackend.StartAsync(AnswerAsync);
        await using var router = await StartAsync(kubernetes);

        await EventuallyAsync(router, "spot", "http://127.0.0.2:9090 ready");
        await EventuallyAsync(router, "on-demand", "http://127.0.0.3:9090 ready");
    }

    [Fact]
    public async Task Pod_Terminating_DrainsAtOnce()
    {
        await using var kubernetes = await FaultyBackend.StartAsync(AnswerAsync);
        await using var router = await StartAsync(kubernetes);
        await EventuallyAsync(router, "spot", "http://127.0.0.2:9090 ready");

        _isSpotTerminating = true;
        Interlocked.Exchange(ref _changed, new TaskCompletionSource()).SetResult();

        await EventuallyAsync(router, "spot", "http://127.0.0.2:9090 draining");
        await EventuallyAsync(router, "on-demand", "http://127.0.0.3:9090 ready");
    }

    [Fact]
    public async Task Node_AboutToBeInterrupted_DrainsItsPods()
    {
        await using var kubernetes = await FaultyBackend.StartAsync(AnswerAsync);
        await using var router = await StartAsync(kubernetes);
        await EventuallyAsync(router, "spot", "http://127.0.0.2:9090 ready");

        _spotNodeTaints = """[{"key": "karpenter.sh/disrupted", "effect": "NoSchedule"}]""";

        await EventuallyAsync(router, "spot", "http://127.0.0.2:9090 draining");
    }

    [Fact]
    public async Task Api_GoesAway_LastKnownAddressesStay()
    {
        await using var kubernetes = await FaultyBackend.StartAsync(AnswerAsync);
        await using var router = await StartAsync(kubernetes);
        await EventuallyAsync(router, "spot", "http://127.0.0.2:9090 ready");

        await kubernetes.KillAsync();
        await Task.Delay(500);

        await EventuallyAsync(router, "spot", "http://127.0.0.2:9090 ready");
    }

    private static async Task<RouterUnderTest> StartAsync(FaultyBackend kubernetes)
    {
        var config = RouterUnderTest.Config(Backend("spot", 1, "spot"), Backend("on-demand", 3, "on-demand"));
        var token = Path.GetTempFileName();
        await File.WriteAllTextAsync(token, "the-token\n");
        return await RouterUnderTest.StartAsync(config, new KubernetesApi(new Uri(kubernetes.Url), token, new SocketsHttpHandler { UseProxy = false }));
    }

    private static JsonObject Backend(string name, double cost, string capacityType)
    {
        var backend = RouterUnderTest.Backend(name, cost, 10);
        backend.Remove("addresses");
        backend["activeHealth"] = false;
        backend["kubernetes"] = new JsonObject { ["service"] = "akidb-rest", ["capacityType"] = capacityType, ["port"] = 9090 };
        return backend;
    }

    private static Task EventuallyAsync(RouterUnderTest router, string backend, string expected) => RouterUnderTest.EventuallyAsync(
        async () => (await router.BackendStateAsync(backend))["addresses"]!.AsArray()
            .Select(address => $"{address!["url"]!.GetValue<string>()} {address["state"]!.GetValue<string>()}").SequenceEqual([expected]),
        $"{backend} is {expected}");

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != "Bearer the-token")
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            return;
        }

        if (context.Request.Query.ContainsKey("watch"))
        {
            await Task.WhenAny(_changed.Task, Task.Delay(TimeSpan.FromSeconds(2), context.RequestAborted));
            await context.Response.WriteAsync("{\"type\": \"MODIFIED\"}\n");
            return;
        }

        await context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/api/v1/nodes" => $$"""
                { "items": [
                  { "metadata": { "name": "a", "labels": { "karpenter.sh/capacity-type": "spot" } }, "spec": { "taints": {{_spotNodeTaints}} } },
                  { "metadata": { "name": "b", "labels": { "karpenter.sh/capacity-type": "on-demand" } }, "spec": {} } ] }
                """,
            "/apis/discovery.k8s.io/v1/namespaces/akidb/endpointslices" => $$"""
                { "metadata": { "resourceVersion": "7" }, "items": [ { "addressType": "IPv4", "endpoints": [
                  { "addresses": ["127.0.0.2"], "nodeName": "a", "conditions": { "ready": {{(_isSpotTerminating ? "false" : "true")}}, "serving": true, "terminating": {{(_isSpotTerminating ? "true" : "false")}} } },
                  { "addresses": ["127.0.0.3"], "nodeName": "b", "conditions": { "ready": true } },
                  { "addresses": ["127.0.0.4"], "nodeName": "b", "conditions": { "ready": false } } ] } ] }
                """,
            _ => throw new InvalidOperationException($"The router asked for {context.Request.Path}, which nobody expects."),
        });
    }
}
