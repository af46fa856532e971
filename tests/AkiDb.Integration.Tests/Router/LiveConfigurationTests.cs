using System.Net;
using System.Text.Json.Nodes;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Router;

public class LiveConfigurationTests
{
    [Fact]
    public async Task File_ChangesUnderLoad_SwapsBackendsWithoutLosingARequest()
    {
        await using var old = await FaultyBackend.StartAsync();
        await using var next = await FaultyBackend.StartAsync();
        (old.Fault, old.Delay) = (BackendFault.Slow, TimeSpan.FromMilliseconds(20));
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("old", 1, 10, old.Url)));
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 8).Select(_ => HammerAsync(router, stop.Token)).ToList();

        for (var round = 0; round < 4; round++)
        {
            var (name, url) = round % 2 == 0 ? ("next", next.Url) : ("old", old.Url);
            await router.ChangeConfigAsync(RouterUnderTest.Config(RouterUnderTest.Backend(name, 1, 10, url)).ToJsonString());
            await RouterUnderTest.EventuallyAsync(
                async () => (await router.StateAsync())["backends"]![0]!["name"]!.GetValue<string>() == name, $"round {round} is applied");
        }

        await stop.CancelAsync();
        var statuses = (await Task.WhenAll(workers)).SelectMany(list => list).ToList();
        statuses.Should().NotBeEmpty().And.OnlyContain(status => status == HttpStatusCode.OK);
        old.Received.Should().NotBeEmpty();
        next.Received.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("{ this is not", "(file)")]
    [InlineData("", "(file)")]
    [InlineData("{ \"cluster\": 5, \"backends\": [] }", "backends")]
    public async Task File_BecomesInvalid_IsRefusedWithItsErrorsAndTheOldOneStays(string text, string key)
    {
        await using var backend = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url)));

        await router.ChangeConfigAsync(text);

        await RouterUnderTest.EventuallyAsync(
            async () => (await router.StateAsync())["configErrors"]!.AsArray().Any(error => error!.GetValue<string>().Contains(key, StringComparison.Ordinal)),
            "the refusal is shown");
        (await router.Http.GetAsync("/api/v1/embed")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await router.Http.GetStringAsync("/metrics")).Should().Contain("result=\"refused\"} 1");
    }

    [Fact]
    public async Task Address_SetToDraining_FinishesWhatItHasAndGetsNothingNew()
    {
        await using var leaving = await FaultyBackend.StartAsync();
        await using var staying = await FaultyBackend.StartAsync();
        (leaving.Fault, leaving.Delay) = (BackendFault.Slow, TimeSpan.FromMilliseconds(1_500));
        await using var router = await RouterUnderTest.StartAsync(Config(leaving, staying, drains: false));
        var underWay = router.Http.PostAsync("/write", new StringContent("x"));
        await RouterUnderTest.EventuallyAsync(() => Task.FromResult(leaving.InProgress == 1), "the request is under way");

        await router.ChangeConfigAsync(Config(leaving, staying, drains: true).ToJsonString());
        await RouterUnderTest.EventuallyAsync(async () => Address(await router.BackendStateAsync("spot"))["state"]!.GetValue<string>() == "draining", "it drains");
        for (var i = 0; i < 20; i++)
        {
            (await router.Http.GetAsync("/api/v1/embed")).StatusCode.Should().Be(HttpStatusCode.OK);
        }

        (await underWay).StatusCode.Should().Be(HttpStatusCode.OK);
        leaving.Received.Should().HaveCount(1);
        staying.Received.Should().HaveCount(20);
    }

    [Fact]
    public async Task Address_AnnouncesDrainingItself_GetsNothingNewUntilItTakesThatBack()
    {
        await using var spot = await FaultyBackend.StartAsync();
        await using var other = await FaultyBackend.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(Config(spot, other, drains: false));
        spot.Fault = BackendFault.Draining;

        await RouterUnderTest.EventuallyAsync(async () => Address(await router.BackendStateAsync("spot"))["state"]!.GetValue<string>() == "draining", "the announcement is heard");
        var before = spot.Received.Count;
        for (var i = 0; i < 20; i++)
        {
            (await router.Http.GetAsync("/api/v1/embed")).StatusCode.Should().Be(HttpStatusCode.OK);
        }

        spot.Received.Count.Should().Be(before);
        spot.Fault = BackendFault.None;
        await RouterUnderTest.EventuallyAsync(async () => Address(await router.BackendStateAsync("spot"))["state"]!.GetValue<string>() == "ready", "it comes back");
    }

    [Fact]
    public async Task Address_AnnouncesDrainingInAnAnswer_IsHeardAtOnce()
    {
        await using var spot = await FaultyBackend.StartAsync();
        await using var other = await FaultyBackend.StartAsync();
        var config = Config(spot, other, drains: false);
        config["health"]!["probeIntervalMs"] = 60_000;
        await using var router = await RouterUnderTest.StartAsync(config);
        await RouterUnderTest.EventuallyAsync(async () => Address(await router.BackendStateAsync("spot"))["state"]!.GetValue<string>() == "ready", "it is ready");
        spot.Fault = BackendFault.Draining;

        for (var i = 0; i < 20; i++)
        {
            using var response = await router.Http.GetAsync("/api/v1/embed");
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Headers.Contains("X-Draining").Should().BeFalse("it is a word between backend and router");
        }

        spot.Received.Should().HaveCount(1);
    }

    private static JsonObject Config(FaultyBackend spot, FaultyBackend other, bool drains)
    {
        var backend = RouterUnderTest.Backend("spot", 1, 10);
        backend["addresses"] = new JsonArray(new JsonObject { ["url"] = spot.Url, ["draining"] = drains });
        return RouterUnderTest.Config(backend, RouterUnderTest.Backend("other", 2, 10, other.Url));
    }

    private static JsonNode Address(JsonNode backend) => backend["addresses"]![0]!;

    private static async Task<List<HttpStatusCode>> HammerAsync(RouterUnderTest router, CancellationToken cancellationToken)
    {
        var statuses = new List<HttpStatusCode>();
        while (!cancellationToken.IsCancellationRequested && statuses.Count < 5_000)
        {
            using var response = await router.Http.PostAsync("/write", new StringContent("x"), CancellationToken.None);
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }
}
