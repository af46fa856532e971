using AkiDb.Kubernetes;

namespace AkiDb.Predictor.Autoscaling;

/// <summary>Keeps taking part in the election, and gives the Lease up at the end.</summary>
internal sealed partial class ElectionLoop(LeaseElection election, AutoscalerMetrics metrics, TimeProvider time, ILogger<ElectionLoop> log) : BackgroundService
{
    private bool _wasLeading;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await TryAsync(stoppingToken);
                await Task.Delay(LeaseElection.Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await election.ReleaseAsync(CancellationToken.None);
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await election.TryAsync(stoppingToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            metrics.CountFailure("lease");
            LogFailure(log, e.Message);
        }

        metrics.Leading.Value = election.IsLeading ? 1 : 0;
        if (election.IsLeading != _wasLeading)
        {
            _wasLeading = election.IsLeading;
            LogChange(log, _wasLeading ? "leads" : "does not lead");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This pod {State} now.")]
    private static partial void LogChange(ILogger log, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Lease cannot be renewed: {Reason}")]
    private static partial void LogFailure(ILogger log, string reason);
}
