using AkiDb.Predictor.Forecasts;

namespace AkiDb.Predictor.Hosting;

/// <summary>Steps the forecast service some seconds after each minute, when the minute has been scraped.</summary>
internal sealed class ForecastLoop(ForecastService service, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan AfterTheMinute = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseWithoutTraffic = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first step fits forecasters; the server should be up meanwhile.
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await service.StepAsync(stoppingToken);
                await Task.Delay(service.Trouble is null ? UntilNextMinute() : PauseWithoutTraffic, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private TimeSpan UntilNextMinute()
    {
        var now = time.GetUtcNow();
        var next = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero) + AfterTheMinute;
        return (next > now ? next : next.AddMinutes(1)) - now;
    }
}
