using AkiDb.Router.Proxy;

namespace AkiDb.Router.Routing;

/// <summary>Runs the heartbeat.</summary>
internal sealed class HeartbeatService(RoutingState routing, ExchangePool exchanges) : BackgroundService
{
    private readonly Heartbeat _heartbeat = new(routing);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Heartbeat.IntervalMs), routing.Clock.Time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = routing.Clock.Now;
                _heartbeat.Beat(now, exchanges.Sweep(now));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
