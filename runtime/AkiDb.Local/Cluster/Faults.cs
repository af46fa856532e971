using AkiDb.Local.Scoreboard;
using AkiDb.Local.Traffic;

namespace AkiDb.Local.Cluster;

/// <summary>What can be broken while it runs, by the page's buttons or a test.</summary>
internal sealed class Faults(LocalCluster cluster, DayTraffic traffic, TimeProvider day, RunLog log) : IAsyncDisposable
{
    private static readonly TimeSpan RedisAway = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PhantomLength = TimeSpan.FromMinutes(5);
    private const double PhantomFactor = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>All of them, in the page's order.</summary>
    public static IReadOnlyList<FaultButton> Buttons { get; } =
    [
        new("kill-reader", "Kill a reader"),
        new("spot-interruption", "Spot interruption"),
        new("phantom-spike", "Phantom spike"),
        new("redis-gone", "Redis gone"),
    ];

    /// <summary>Breaks something, unless it is broken in that way already or there is nothing to break.</summary>
    /// <returns>Whether it did; null if there is no fault of that name.</returns>
    public bool? Cause(string name) => name switch
    {
        "kill-reader" => Tell("a reader is killed without notice", cluster.Readers.Kill),
        "spot-interruption" => Tell("spot capacity under a reader is taken away", cluster.Readers.InterruptSpot),
        "phantom-spike" => Begin(name, PhantomAsync),
        "redis-gone" => Begin(name, RedisGoneAsync),
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] underWay;
        lock (_lock)
        {
            underWay = [.. _underWay.Values];
        }

        await Task.WhenAll(underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    // The cause is noted before the pool notes the effect.
    private bool Tell(string what, Func<string?> cause)
    {
        log.Note($"FAULT: {what}");
        if (cause() is not null)
        {
            return true;
        }

        log.Note("there was no such reader");
        return false;
    }

    private bool Begin(string name, Func<Task> work)
    {
        lock (_lock)
        {
            if (_underWay.GetValueOrDefault(name) is { IsCompleted: false })
            {
                return false;
            }

            _underWay[name] = Task.Run(work);
            return true;
        }
    }

    private async Task PhantomAsync()
    {
        log.Note($"FAULT: for {PhantomLength.TotalMinutes:0} minutes of the day the predictor is told {PhantomFactor:0} times the traffic");
        traffic.PhantomFactor = PhantomFactor;
        await Task.Delay(PhantomLength, day, _stopping.Token);
        traffic.PhantomFactor = 1;
        log.Note("the predictor is told the truth again");
    }

    private async Task RedisGoneAsync()
    {
        log.Note($"FAULT: Redis is gone for {RedisAway.TotalSeconds:0} s; the router goes on with its own counters");
        await cluster.StopRedisAsync();
        await Task.Delay(RedisAway, _stopping.Token);
        cluster.StartRedis();
        log.Note("Redis is back");
    }
}
