using AkiDb.ObjectStorage;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Store;
using Microsoft.Data.Sqlite;

namespace AkiDb.SearchEngine.Replication;

/// <summary>Keeps a reader's copy up to date, and the reader answering from it.</summary>
internal sealed partial class FollowLoop(
    EngineState engine, EngineSettings settings, StoreMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<FollowLoop> log)
    : BackgroundService
{
    // Longer than any request lives: nobody may lose a store while reading from it.
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromSeconds(90);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Role != EngineRole.Reader)
        {
            return;
        }

        // Opening loads indexes; the host should be able to say "starting" meanwhile.
        await Task.Yield();
        var replica = new Replica(settings.DataPath!, ObjectStores.Open(settings.Follow!, time), metrics, log, time, _ => lifetime.StopApplication());
        var store = replica.OpenExisting();
        if (store is not null)
        {
            engine.Use(store);
            DeleteBut(replica, store);
        }

        engine.SetReady("nothing is published yet where the writer publishes");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await replica.CatchUpAsync(store, stoppingToken) is { } now)
                {
                    engine.SetAsOf(now.AsOf);
                    if (now.Store != store)
                    {
                        Replace(replica, engine.Use(store = now.Store), now.Store);
                    }

                    engine.SetReady(null);
                }

                await Task.Delay(settings.PublishInterval, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or OperationCanceledException
                or PublishedDataException or StoreException)
            {
                LogFailed(log, settings.Follow!, e);
                await Task.Delay(settings.PublishInterval, time, CancellationToken.None);
            }
        }
    }

    private void Replace(Replica replica, SearchStore? old, SearchStore now)
    {
        if (old is null)
        {
            DeleteBut(replica, now);
            return;
        }

        _ = Task.Run(async () =>
        {
            await Task.Delay(TimeToLeave, time);
            try
            {
                // Only this one: while it waited, others may have come and gone.
                Replica.Discard(old);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotDeleted(log, old.Folder, e);
            }
        });
    }

    private void DeleteBut(Replica replica, SearchStore keep)
    {
        try
        {
            replica.DeleteBut(keep);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(log, settings.DataPath!, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Following {Place} failed; answers come from what is there.")]
    private static partial void LogFailed(ILogger log, string place, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A copy that is no longer used could not be deleted from {Folder}; the next start tries again.")]
    private static partial void LogNotDeleted(ILogger log, string folder, Exception exception);
}
