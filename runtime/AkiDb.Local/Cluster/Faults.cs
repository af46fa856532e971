using AkiDb.Contracts;
using AkiDb.Local.Scoreboard;
using AkiDb.Local.Traffic;

namespace AkiDb.Local.Cluster;

/// <summary>What can be broken while it runs, by the page's buttons or a test.</summary>
internal sealed class Faults(LocalCluster cluster, DayTraffic traffic, ReplayClock clock, RunLog log)
{
    private static readonly TimeSpan RedisAway = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PhantomLength = TimeSpan.FromMinutes(5);
    private const double PhantomFactor = 10;

    /// <summary>All of them, in the page's order.</summary>
    public static IReadOnlyList<FaultButton> Buttons { get; } =
    [
        new("kill-reader", "Kill a reader"),
        new("spot-interruption", "Spot interruption"),
        new("phantom-spike", "Phantom spike"),
        new("redis-gone", "Redis gone"),
    ];

    /// <summary>Breaks something.</summary>
    /// <returns>False if there is no fault of that name.</returns>
    public async Task<bool> CauseAsync(string name)
    {
        switch (name)
        {
            case "kill-reader":
                log.Note(await cluster.Readers.KillAsync() is { } killed ? $"FAULT: {killed} is killed without notice" : "FAULT: no reader to kill");
                return true;
            case "spot-interruption":
                log.Note(cluster.Readers.InterruptSpot() is { } interrupted ? $"FAULT: spot capacity under {interrupted} is taken away" : "FAULT: no reader is on spot capacity");
                return true;
            case "phantom-spike":
                _ = PhantomAsync();
                return true;
            case "redis-gone":
                log.Note($"FAULT: Redis is gone for {RedisAway.TotalSeconds:0} s; the router goes on with its own counters");
                _ = RedisGoneAsync();
                return true;
            default:
                return false;
        }
    }

    private async Task PhantomAsync()
    {
        log.Note($"FAULT: for {PhantomLength.TotalMinutes:0} minutes of the day the predictor is told {PhantomFactor:0} times the traffic");
        traffic.PhantomFactor = PhantomFactor;
        await Task.Delay(PhantomLength, clock);
        traffic.PhantomFactor = 1;
        log.Note("the predictor is told the truth again");
    }

    private async Task RedisGoneAsync()
    {
        await cluster.LoseRedisAsync(RedisAway);
        log.Note("Redis is back");
    }
}
