using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using AkiDb.TestKit;
using Microsoft.AspNetCore.Http;

namespace AkiDb.Integration.Tests.Router;

public class ForwardingTests
{
    [Fact]
    public async Task Request_Forwarded_CarriesHostForwardedTraceAndRemainingBudget()
    {
        var seen = new TaskCompletionSource<Dictionary<string, string>>();
        await using var backend = await FaultyBackend.StartAsync(context =>
        {
            seen.TrySetResult(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            return context.Response.WriteAsync("ok");
        });
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/embed") { Content = new StringContent("{}") };
        request.Headers.Add("X-Latency-Budget", "5000");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Host = "search.akidb.example";

        using var response = await router.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("X-Trace-Id").Should().Equal("0af7651916cd43dd8448eb211c80319c");
        var headers = await seen.Task;
        headers["Host"].Should().Be("search.akidb.example");
        headers["X-Forwarded-For"].Should().Be("203.0.113.9, 127.0.0.1");
        headers["X-Forwarded-Proto"].Should().Be("http");
        headers["traceparent"].Should().Be("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        int.Parse(headers["X-Latency-Budget"]).Should().BeInRange(3_000, 5_000);
    }

    [Fact]
    public async Task Response_NoFit_SaysSo_AndExplainsWhenAsked()
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(
            RouterUnderTest.Backend("cheap", 1, 90, backend.Url), RouterUnderTest.Backend("fast", 5, 40, backend.Url)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/embed");
        request.Headers.Add("X-Latency-Budget", "20");
        request.Headers.Add("X-Route-Explain", "1");

        using var response = await router.Http.SendAsync(request);

        response.Headers.GetValues("X-Latency-Budget-Fit").Should().Equal("none");
        response.Headers.GetValues("X-Route-Decision").Single().Should()
            .StartWith("backend=fast; reason=no-fit; budget=").And.Contain("not cheap: too slow (90.0 ms)");
    }

    [Fact]
    public async Task Budget_Malformed_IsRefusedAsAProblem()
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/embed");
        request.Headers.Add("X-Latency-Budget", "fast");

        using var response = await router.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        problem["status"]!.GetValue<int>().Should().Be(400);
        problem["trace_id"]!.GetValue<string>().Should().HaveLength(32);
        backend.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Overload_EveryBackendFull_Is503WithRetryAfter()
    {
        await using var backend = await FaultyBackend.StartAsync();
        var config = RouterUnderTest.Backend("a", 1, 10, backend.Url);
        config["capacityRps"] = 10;
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(config));

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 30; i++)
        {
            answers.Add(await router.Http.GetAsync("/api/v1/embed"));
        }

        // Thirty quick requests in one window: ten fit, the rest are refused without being sent.
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable).ToList();
        refused.Should().NotBeEmpty();
        refused.Should().OnlyContain(answer => answer.Headers.RetryAfter!.Delta == TimeSpan.FromSeconds(1));
        backend.Received.Count.Should().Be(30 - refused.Count);
    }

    [Fact]
    public async Task Metrics_AfterRequests_CountThemByRouteStatusBackendReasonAndCost()
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 2, 10, backend.Url)));
        for (var i = 0; i < 5; i++)
        {
            (await router.Http.GetAsync("/api/v1/embed")).Dispose();
        }

        var metrics = await router.Http.GetStringAsync("/metrics");

        metrics.Should().Contain("http_requests_total{route=\"embed\",status=\"200\",region=\"local\",cluster=\"test\"} 5");
        metrics.Should().Contain("akidb_router_decisions_total{region=\"local\",cluster=\"test\",backend=\"a\",reason=\"cheapest\"} 5");
        metrics.Should().Contain("akidb_router_cost_usd_total{region=\"local\",cluster=\"test\",backend=\"a\"} 1E-05");
        metrics.Should().Contain("http_request_duration_seconds_bucket{route=\"embed\",status=\"200\",region=\"local\",cluster=\"test\",le=\"0.03\"}");
    }

    [Fact]
    public async Task Trace_SomebodyListens_GetsASpanThatIsTheBackendsParent()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "akidb-router",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var parent = new TaskCompletionSource<string>();
        await using var backend = await FaultyBackend.StartAsync(context =>
        {
            parent.TrySetResult(context.Request.Headers.TraceParent.ToString());
            return Task.CompletedTask;
        });
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/embed");
        request.Headers.Add("traceparent", "00-aaf7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        (await router.Http.SendAsync(request)).Dispose();

        await RouterUnderTest.EventuallyAsync(() => Task.FromResult(!spans.IsEmpty), "the span ends");
        var span = spans.Single(one => one.TraceId.ToHexString() == "aaf7651916cd43dd8448eb211c80319c");
        span.ParentSpanId.ToHexString().Should().Be("b7ad6b7169203331");
        (await parent.Task).Should().Be(span.Id);
        span.GetTagItem("akidb.backend").Should().Be("a");
    }

    [Fact]
    public async Task AccessLog_EachRequest_IsOneLineOfJson()
    {
        await using var backend = await FaultyBackend.StartAsync();
        var log = Path.GetTempFileName();
        var config = RouterUnderTest.Config(RouterUnderTest.Backend("a", 2, 10, backend.Url));
        config["accessLog"] = new JsonObject { ["path"] = log };
        await using (var router = await RouterUnderTest.StartAsync(config))
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(async i => (await router.Http.GetAsync($"/api/v1/embed?secret={i}")).Dispose()));
            using var malformed = new HttpRequestMessage(HttpMethod.Get, "/api/v1/embed");
            malformed.Headers.Add("X-Latency-Budget", "soon");
            (await router.Http.SendAsync(malformed)).Dispose();
        }

        var lines = await File.ReadAllLinesAsync(log);
        lines.Should().HaveCount(51);
        JsonNode.Parse(lines[50])!["reason"]!.GetValue<string>().Should().Be("refused", "a request that was not routed does not show another's backend");
        JsonNode.Parse(lines[50])!["backend"].Should().BeNull();
        var first = JsonNode.Parse(lines[0])!;
        first["path"]!.GetValue<string>().Should().Be("/api/v1/embed", "queries may hold secrets");
        first["backend"]!.GetValue<string>().Should().Be("a");
        first["status"]!.GetValue<int>().Should().Be(200);
        first["cost_usd"]!.GetValue<decimal>().Should().Be(0.000002m);
        lines.Select(line => JsonNode.Parse(line)!["trace_id"]!.GetValue<string>()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Page_ForPeople_NamesBackendsAndSavings()
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("cheap", 2, 10, backend.Url)));
        (await router.Http.GetAsync("/api/v1/embed")).Dispose();

        var page = await router.Http.GetStringAsync("/_router");

        page.Should().Contain("cheap").And.Contain("if everything ran on demand").And.Contain(backend.Url);
    }

    [Fact]
    public async Task Health_NoBackendReady_RouterIsNotReadyButAlive()
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 2, 10, backend.Url)));
        (await router.Http.GetAsync("/healthz/ready")).StatusCode.Should().Be(HttpStatusCode.OK);

        await backend.KillAsync();

        await RouterUnderTest.EventuallyAsync(
            async () => (await router.Http.GetAsync("/healthz/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, "readiness follows the backends");
        (await router.Http.GetAsync("/healthz/live")).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
