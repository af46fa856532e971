using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Router;

/// <summary>What goes wrong in a run.</summary>
public enum RunFault
{
    BackendKilled,
    BackendHung,
    BackendSlow,
    BackendErrors,
    BodyReset,
    RedisKilled,
    ConfigurationBroken,
}

/// <summary>What clients saw of one request.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MayRepeat">True when it may be sent twice.</param>
/// <param name="SentAt">When, since the start of the run.</param>
/// <param name="IsGood">True when the answer was 200 and whole.</param>
internal sealed record Seen(string Id, bool MayRepeat, TimeSpan SentAt, bool IsGood);

/// <summary>
/// A router under load with two backends of two addresses; after a while one thing breaks and stays broken. Clients do not
/// repeat anything themselves.
/// </summary>
internal sealed class FaultRun(RunFault fault, int seed) : IAsyncDisposable
{
    public static readonly TimeSpan FaultAt = TimeSpan.FromMilliseconds(700);
    public static readonly TimeSpan Ejection = TimeSpan.FromMilliseconds(1_000);
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(3_500);
    private const int Workers = 8;

    private readonly Random _random = new(seed);
    private readonly ConcurrentBag<Seen> _seen = [];
    private readonly List<FaultyBackend> _backends = [];
    private RedisServer? _redis;

    public IReadOnlyCollection<Seen> Requests => _seen;

    /// <summary>How often each request arrived at any backend.</summary>
    public Dictionary<string, int> Arrivals =>
        _backends.SelectMany(backend => backend.Received).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());

    public async Task ExecuteAsync()
    {
        for (var i = 0; i < 4; i++)
        {
            var backend = await FaultyBackend.StartAsync();
            backend.BodyBytes = _random.Next(2, 20_000);
            _backends.Add(backend);
        }

        _redis = await RedisServer.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(Config());
        (await router.Http.PostAsync("/api/v1/embed", new StringContent("warm"))).Dispose();
        var clock = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, Workers).Select(worker => WorkAsync(router, worker, clock)).ToList();
        await Task.Delay(FaultAt);
        await BreakAsync(router);
        await Task.WhenAll(workers);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var backend in _backends)
        {
            await backend.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    private JsonObject Config()
    {
        var config = RouterUnderTest.Config(
            RouterUnderTest.Backend("cheap", 1, 100, _backends[0].Url, _backends[1].Url),
            RouterUnderTest.Backend("dear", 5, 100, _backends[2].Url, _backends[3].Url));
        config["redis"] = new JsonObject { ["url"] = _redis!.Url, ["flushMs"] = 50 };
        config["health"]!["ejectionMs"] = (int)Ejection.TotalMilliseconds;
        config["timeouts"]!["attemptMs"] = 400;
        return config;
    }

    private async Task BreakAsync(RouterUnderTest router)
    {
        // One of the cheap addresses or both: the load is there.
        var victims = _random.Next(2) == 0 ? _backends.Take(1) : _backends.Take(2);
        foreach (var victim in victims)
        {
            switch (fault)
            {
                case RunFault.BackendKilled:
                    await victim.KillAsync();
                    break;
                case RunFault.BackendHung:
                    victim.Fault = BackendFault.Hung;
                    break;
                case RunFault.BackendSlow:
                    victim.Delay = TimeSpan.FromMilliseconds(_random.Next(50, 300));
                    victim.Fault = BackendFault.Slow;
                    break;
                case RunFault.BackendErrors:
                    victim.Fault = BackendFault.ServerError;
                    break;
                case RunFault.BodyReset:
                    victim.Fault = BackendFault.ResetMidway;
                    break;
            }
        }

        if (fault == RunFault.RedisKilled)
        {
            await _redis!.KillAsync();
        }
        else if (fault == RunFault.ConfigurationBroken)
        {
            await router.ChangeConfigAsync("{ \"cluster\": ");
        }
    }

    private async Task WorkAsync(RouterUnderTest router, int worker, Stopwatch clock)
    {
        for (var i = 0; clock.Elapsed < Length && i < 10_000; i++)
        {
            // A third may be sent once only.
            var mayRepeat = i % 3 != 0;
            var seen = new Seen($"{worker}-{i}", mayRepeat, clock.Elapsed, false);
            _seen.Add(seen with { IsGood = await SendAsync(router, seen) });
            await Task.Delay(4);
        }
    }

    private static async Task<bool> SendAsync(RouterUnderTest router, Seen seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, seen.MayRepeat ? "/api/v1/embed" : "/write")
        {
            Content = new StringContent(seen.Id),
        };
        request.Headers.Add(FaultyBackend.RequestId, seen.Id);
        try
        {
            using var response = await router.Http.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK
                && (await response.Content.ReadAsByteArrayAsync()).Length == response.Content.Headers.ContentLength;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
