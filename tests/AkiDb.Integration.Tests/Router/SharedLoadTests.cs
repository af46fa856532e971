using System.Text.Json.Nodes;
using AkiDb.Router.Load;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Router;

public class SharedLoadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Client_ManyCommandsAtOnce_ArePipelinedAndAnsweredInOrder()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var client = new RespClient(RespEndpoint.Parse(redis.Url, null), TimeProvider.System);

        var replies = await Task.WhenAll(Enumerable.Range(0, 500).Select(i =>
            client.SendAsync(["ECHO", $"{i}"], Patience, CancellationToken.None)));

        replies.Select(reply => reply.Text).Should().Equal(Enumerable.Range(0, 500).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Client_PasswordAndDatabase_AreUsed()
    {
        await using var redis = await RedisServer.StartAsync(password: "secret");
        await using var client = new RespClient(RespEndpoint.Parse($"redis://127.0.0.1:{redis.Port}/3", "secret"), TimeProvider.System);
        await client.SendAsync(["SET", "k", "v"], Patience, CancellationToken.None);

        var info = await client.SendAsync(["CLIENT", "INFO"], Patience, CancellationToken.None);

        info.Text.Should().Contain(" db=3 ");
    }

    [Fact]
    public async Task Client_WrongPassword_SaysWhatRedisSaid()
    {
        await using var redis = await RedisServer.StartAsync(password: "secret");
        await using var client = new RespClient(RespEndpoint.Parse(redis.Url, "wrong"), TimeProvider.System);

        var send = () => client.SendAsync(["PING"], Patience, CancellationToken.None);

        (await send.Should().ThrowAsync<RespErrorException>()).WithMessage("WRONGPASS*");
    }

    [Fact]
    public async Task Client_ErrorReply_LeavesTheConnectionUsable()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var client = new RespClient(RespEndpoint.Parse(redis.Url, null), TimeProvider.System);
        var before = await client.SendAsync(["CLIENT", "ID"], Patience, CancellationToken.None);

        await FluentActions.Awaiting(() => client.SendAsync(["NOSUCH"], Patience, CancellationToken.None)).Should().ThrowAsync<RespErrorException>();

        (await client.SendAsync(["CLIENT", "ID"], Patience, CancellationToken.None)).WholeNumber.Should().Be(before.WholeNumber);
    }

    [Fact]
    public async Task Client_ServerHangs_GivesUpInTimeAndConnectsAgainLater()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var client = new RespClient(RespEndpoint.Parse(redis.Url, null), TimeProvider.System);
        await client.SendAsync(["PING"], Patience, CancellationToken.None);
        redis.Signal(19);

        await FluentActions.Awaiting(() => client.SendAsync(["PING"], TimeSpan.FromMilliseconds(100), CancellationToken.None))
            .Should().ThrowAsync<TimeoutException>();

        redis.Signal(18);
        await RouterUnderTest.EventuallyAsync(() => AnswersAsync(client), "the client connects again");
    }

    [Fact]
    public async Task Client_ServerRestarts_ConnectsAgain()
    {
        var redis = await RedisServer.StartAsync();
        await using var client = new RespClient(RespEndpoint.Parse(redis.Url, null), TimeProvider.System);
        await client.SendAsync(["PING"], Patience, CancellationToken.None);
        await redis.DisposeAsync();
        (await AnswersAsync(client)).Should().BeFalse();

        await using var again = await RedisServer.StartAsync(redis.Port);

        await RouterUnderTest.EventuallyAsync(() => AnswersAsync(client), "the client connects again");
    }

    [Fact]
    public async Task Routers_WithOneRedis_SeeEachOthersLoad_AndForgetARouterThatIsGone()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var backend = await FaultyBackend.StartAsync();
        await using var one = await RouterUnderTest.StartAsync(Config(redis, backend));
        var two = await RouterUnderTest.StartAsync(Config(redis, backend));
        using var stop = new CancellationTokenSource();
        var traffic = TrafficAsync(two, stop.Token);

        await RouterUnderTest.EventuallyAsync(async () => await LoadAsync(one) > 20, "one router sees the other's requests");
        (await one.StateAsync())["sharedLoad"]!.GetValue<string>().Should().Be("fresh, 1 other routers");

        await stop.CancelAsync();
        await traffic;
        await two.DisposeAsync();
        await RouterUnderTest.EventuallyAsync(
            async () => await LoadAsync(one) == 0 && (await one.StateAsync())["sharedLoad"]!.GetValue<string>() == "fresh, 0 other routers",
            "the router that is gone is forgotten");
    }

    [Fact]
    public async Task Router_RedisGone_GoesOnWithItsOwnEstimate_AndReturns()
    {
        var redis = await RedisServer.StartAsync();
        await using var backend = await FaultyBackend.StartAsync();
        await using var one = await RouterUnderTest.StartAsync(Config(redis, backend));
        await using var two = await RouterUnderTest.StartAsync(Config(redis, backend));
        await RouterUnderTest.EventuallyAsync(
            async () => (await one.StateAsync())["sharedLoad"]!.GetValue<string>() == "fresh, 1 other routers", "they know each other");
        using var stop = new CancellationTokenSource();
        var traffic = TrafficAsync(one, stop.Token);

        await redis.KillAsync();
        await RouterUnderTest.EventuallyAsync(
            async () => (await one.StateAsync())["sharedLoad"]!.GetValue<string>().StartsWith("lost", StringComparison.Ordinal), "the loss is noticed");
        // The peer is taken to carry as much as this router: the load is twice its own.
        await RouterUnderTest.EventuallyAsync(async () => await LocalAsync(one) > 20 && await LoadAsync(one) > 1.5 * await LocalAsync(one), "the estimate counts the peer");

        await using var again = await RedisServer.StartAsync(redis.Port);
        await RouterUnderTest.EventuallyAsync(
            async () => (await one.StateAsync())["sharedLoad"]!.GetValue<string>().StartsWith("fresh", StringComparison.Ordinal), "the counters return");
        await stop.CancelAsync();
        await traffic;
        await redis.DisposeAsync();
    }

    private static JsonObject Config(RedisServer redis, FaultyBackend backend)
    {
        var config = RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url));
        config["redis"] = new JsonObject { ["url"] = redis.Url, ["flushMs"] = 50, ["timeoutMs"] = 500 };
        return config;
    }

    private static async Task<bool> AnswersAsync(RespClient client)
    {
        try
        {
            await client.SendAsync(["PING"], Patience, CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            return false;
        }
    }

    private static async Task<double> LoadAsync(RouterUnderTest router) => (await router.BackendStateAsync("a"))["loadRps"]!.GetValue<double>();

    private static async Task<double> LocalAsync(RouterUnderTest router) => (await router.BackendStateAsync("a"))["localRps"]!.GetValue<double>();

    private static async Task TrafficAsync(RouterUnderTest router, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 2_000 && !cancellationToken.IsCancellationRequested; i++)
        {
            (await router.Http.GetAsync("/api/v1/embed", CancellationToken.None)).Dispose();
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
