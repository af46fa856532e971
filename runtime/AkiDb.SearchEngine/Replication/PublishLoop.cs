using AkiDb.ObjectStorage;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Store;
using Microsoft.Data.Sqlite;

namespace AkiDb.SearchEngine.Replication;

/// <summary>Publishes the writer's store again and again.</summary>
internal sealed partial class PublishLoop(
    EngineState engine, EngineSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PublishLoop> log) : BackgroundService
{
    // Renewing a manifest that says nothing new costs a PUT: every fifth time is often enough for readers to know how old they are.
    private const int IntervalsPerHeartbeat = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.PublishTo is not { } place || engine.Store is not { } store)
        {
            return;
        }

        var publisher = new Publisher(store, ObjectStores.Open(place, time), time);
        var isOpen = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isOpen)
                {
                    await publisher.OpenAsync(stoppingToken);
                    isOpen = true;
                }

                await publisher.PublishAsync(settings.PublishInterval * IntervalsPerHeartbeat, stoppingToken);
                await Task.Delay(settings.PublishInterval, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is ObjectChangedException || (e is StoreException && !isOpen))
            {
                // Two writers, or the wrong place: going on would make two truths.
                LogStopped(log, place, e);
                Environment.ExitCode = 2;
                lifetime.StopApplication();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or StoreException or OperationCanceledException)
            {
                LogFailed(log, place, e);
                await Task.Delay(settings.PublishInterval, time, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publishing to {Place} failed; readers grow older until it works again.")]
    private static partial void LogFailed(ILogger log, string place, Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Publishing to {Place} is not possible; the writer stops.")]
    private static partial void LogStopped(ILogger log, string place, Exception exception);
}
