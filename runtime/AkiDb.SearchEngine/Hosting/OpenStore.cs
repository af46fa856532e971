using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Hosting;

/// <summary>
/// Opens the writer's store when the process starts, so that "starting" can be told meanwhile, and closes it when nothing uses it any more.
/// </summary>
internal sealed partial class OpenStore(
    EngineState engine, EngineSettings settings, StoreMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<OpenStore> log)
    : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        switch (settings.Role)
        {
            case EngineRole.Embed:
                engine.SetReady(null);
                break;
            case EngineRole.Writer:
                engine.Use(SearchStore.Open(settings.DataPath!, isRecord: true, metrics, log, time, Fail));
                engine.SetReady(null);
                break;
            case EngineRole.Reader:
                // The follower opens it.
                break;
        }

        return Task.CompletedTask;
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (settings is { Role: EngineRole.Writer, PublishTo: null } && engine.Store is { } store)
        {
            await store.TrimDeletionsAsync(long.MaxValue, cancellationToken);
        }
    }

    /// <summary>Says that the process is leaving for a while before it does: those who send requests need a moment to hear it.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        engine.SetStopping();
        return Task.Delay(settings.DrainDelay, time, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The server has finished its last request.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        engine.Use(null)?.Dispose();
        return Task.CompletedTask;
    }

    // The record is whole, the index is not: the next start makes it anew.
    private void Fail(Exception exception)
    {
        LogBroken(log, exception);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "An index cannot follow the record; the process stops, and the next start makes the index anew.")]
    private static partial void LogBroken(ILogger log, Exception exception);
}
