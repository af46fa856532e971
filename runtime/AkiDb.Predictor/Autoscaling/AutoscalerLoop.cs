using AkiDb.Kubernetes;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>Runs a round each minute, and at once after the off switch was thrown.</summary>
internal sealed partial class AutoscalerLoop(
    AutoscalerRound round, SwitchReader switchReader, Func<bool> isLeading, TimeProvider time, ILogger<AutoscalerLoop> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseBetweenWatches = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var began = time.GetTimestamp();
                await round.RunAsync(stoppingToken);
                // Who does not lead only waits to: a new leader must not begin with a minute of doing nothing.
                await (isLeading()
                    ? WaitAsync(Interval - time.GetElapsedTime(began), stoppingToken)
                    : Task.Delay(LeaseElection.Interval, time, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    // A change of the switch ends the wait early, unless it changes nothing: then a round more would count as a minute.
    private async Task WaitAsync(TimeSpan wait, CancellationToken stoppingToken)
    {
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var interval = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, isOver.Token);
        var change = SwitchChangeAsync(isOver.Token);
        await Task.WhenAny(interval, change);
        await isOver.CancelAsync();
        await Task.WhenAll(interval, change).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task SwitchChangeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var before = switchReader.Current;
                await switchReader.WaitForChangeAsync(cancellationToken);
                await switchReader.ReadAsync(cancellationToken);
                if (!IsSame(before, switchReader.Current))
                {
                    return;
                }

                // A watch from a version that the API has forgotten ends at once, and so does the next one.
                await Task.Delay(PauseBetweenWatches, time, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                LogWatch(log, e.Message);
                await Task.Delay(PauseBetweenWatches, time, cancellationToken);
            }
        }
    }

    private static bool IsSame(SwitchState one, SwitchState other) =>
        one.IsEnabled == other.IsEnabled && one.MinReplicas == other.MinReplicas && one.MaxReplicas == other.MaxReplicas;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The off-switch ConfigMap cannot be watched and is read each minute instead: {Reason}")]
    private static partial void LogWatch(ILogger log, string reason);
}
