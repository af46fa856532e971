using System.Net;
using System.Text.Json.Nodes;
using AkiDb.TestKit;
using Microsoft.AspNetCore.Http;

namespace AkiDb.Integration.Tests.Router;

public class RetryTests
{
    private static readonly BackendFault[] Broken = [BackendFault.Hung, BackendFault.ServerError, BackendFault.ResetMidway, BackendFault.ResetAtOnce];

    public static TheoryData<BackendFault> Faults => [.. Broken];

    public static TheoryData<BackendFault, bool> FaultsOfBodies
    {
        get
        {
            var data = new TheoryData<BackendFault, bool>();
            foreach (var fault in Broken)
            {
                data.Add(fault, false);
                data.Add(fault, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FaultsOfBodies))]
    public async Task RepeatableRequest_FirstBackendFails_IsAnsweredByTheSecondWithItsBody(BackendFault fault, bool isChunked)
    {
        await using var bad = await FaultyBackend.StartAsync();
        await using var good = await FaultyBackend.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"got {await reader.ReadToEndAsync()}");
        });
        bad.Fault = fault;
        await using var router = await StartAsync(bad, good);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/embed") { Content = new StringContent("the text") };
        request.Headers.TransferEncodingChunked = isChunked;
        using var response = await router.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Be("got the text");
        bad.Received.Should().HaveCount(1);
        good.Received.Should().HaveCount(1);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task UnrepeatableRequest_BackendFails_IsNeverSentAgain(BackendFault fault)
    {
        await using var bad = await FaultyBackend.StartAsync();
        await using var good = await FaultyBackend.StartAsync();
        bad.Fault = fault;
        await using var router = await StartAsync(bad, good);

        foreach (var content in new[] { new StringContent("text"), new StringContent("") })
        {
            var post = async () =>
            {
                using var response = await router.Http.PostAsync("/write", content);
                return response.StatusCode;
            };
            var status = fault == BackendFault.ResetMidway ? await IgnoreBrokenAsync(post) : await post();
            status.Should().NotBe(HttpStatusCode.OK);
        }

        bad.Received.Should().HaveCount(2);
        good.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task UnrepeatableRequest_BackendUnreachable_IsSentElsewhereSinceNothingWasSent()
    {
        await using var bad = await FaultyBackend.StartAsync();
        await using var good = await FaultyBackend.StartAsync();
        await using var router = await StartAsync(bad, good);
        await bad.KillAsync();

        using var response = await router.Http.PostAsync("/write", new StringContent("text"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        good.Received.Should().HaveCount(1);
    }

    [Fact]
    public async Task BodylessUnrepeatableRequest_ConnectionGoesStale_IsNotRepeatedByTheTransport()
    {
        // The first request warms a connection; the second arrives on it and is cut. The transport would repeat it by itself.
        await using var bad = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("only", 1, 10, bad.Url)));
        using var first = await router.Http.PostAsync("/write", null);
        first.StatusCode.Should().Be(HttpStatusCode.OK);
        bad.Fault = BackendFault.ResetAtOnce;

        using var second = await router.Http.PostAsync("/write", null);

        second.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        bad.Received.Should().HaveCount(2);
    }

    [Fact]
    public async Task RepeatableRequest_BothBackendsFail_IsAnErrorAfterTwoAttempts()
    {
        await using var one = await FaultyBackend.StartAsync();
        await using var two = await FaultyBackend.StartAsync();
        one.Fault = two.Fault = BackendFault.ServerError;
        await using var router = await StartAsync(one, two);

        using var response = await router.Http.PostAsync("/api/v1/embed", new StringContent("x"));

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError, "the second answer is passed on as it is");
        (one.Received.Count + two.Received.Count).Should().Be(2);
    }

    [Fact]
    public async Task Hedge_FirstBackendIsSlow_SecondAnswersFirst()
    {
        await using var slow = await FaultyBackend.StartAsync();
        await using var fast = await FaultyBackend.StartAsync();
        (slow.Fault, slow.Delay) = (BackendFault.Slow, TimeSpan.FromMilliseconds(300));
        var config = Config(slow, fast);
        config["routes"]![0]!["hedgeAfterMs"] = 30;
        await using var router = await RouterUnderTest.StartAsync(config);
        // The first request compiles the path; the second is the one to time.
        (await router.Http.PostAsync("/api/v1/embed", new StringContent("warm"))).Dispose();

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/embed") { Content = new StringContent("x") };
        using var response = await router.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        fast.Received.Should().HaveCount(2, "both requests were hedged");
        (await router.BackendStateAsync("first"))["inFlight"]!.GetValue<int>().Should().Be(0);
        (await router.BackendStateAsync("second"))["inFlight"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public async Task Hedge_Unasked_SendsOnce()
    {
        await using var slow = await FaultyBackend.StartAsync();
        await using var fast = await FaultyBackend.StartAsync();
        (slow.Fault, slow.Delay) = (BackendFault.Slow, TimeSpan.FromMilliseconds(200));
        await using var router = await StartAsync(slow, fast);

        using var response = await router.Http.PostAsync("/api/v1/embed", new StringContent("x"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        fast.Received.Should().BeEmpty();
    }

    private static Task<RouterUnderTest> StartAsync(FaultyBackend first, FaultyBackend second) => RouterUnderTest.StartAsync(Config(first, second));

    private static JsonObject Config(FaultyBackend first, FaultyBackend second)
    {
        var config = RouterUnderTest.Config(
            RouterUnderTest.Backend("first", 1, 10, first.Url), RouterUnderTest.Backend("second", 2, 10, second.Url));
        // Probes would take the faulty one out before the request under test arrives.
        config["health"]!["probeIntervalMs"] = 60_000;
        return config;
    }

    private static async Task<HttpStatusCode> IgnoreBrokenAsync(Func<Task<HttpStatusCode>> post)
    {
        try
        {
            return await post();
        }
        catch (HttpRequestException)
        {
            return HttpStatusCode.BadGateway;
        }
    }
}
