using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Observability;

namespace AkiDb.SearchEngine.Store;

/// <summary>
/// Everything a store folder holds, open: SQLite as the record, the indexes that follow it. Start-up loads the saved indexes, replays
/// what SQLite knows beyond them, and then serves.
/// </summary>
internal sealed partial class SearchStore : IDisposable
{
    /// <summary>Name of the SQLite file in the folder.</summary>
    public const string DatabaseName = "store.db";

    private readonly FileStream _lock;
    private readonly CommitLoop _commits;
    private readonly IndexApplier _applier;
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _log;
    private bool _isDisposed;

    private SearchStore(string folder, FileStream folderLock, bool isRecord, StoreMetrics metrics, ILogger log, TimeProvider time, Action<Exception> fail, string? newId)
    {
        (Folder, _lock, _log) = (folder, folderLock, log);
        var path = Path.Combine(folder, DatabaseName);
        var connection = StoreDatabase.OpenForWriting(path, isRecord, newId);
        StoreDatabase.Check(connection);
        Id = connection.Meta("store");
        Files = new IndexFiles(folder, metrics, log, time);
        Sessions = new ReadSessions(path);
        var sequence = LoadCollections();
        _applier = new IndexApplier(Catalog, Files, sequence, Math.Max(1, Environment.ProcessorCount - 1), StartSweep, fail);
        _commits = new CommitLoop(connection, _applier.Post, metrics);
        foreach (var id in LeftOvers())
        {
            StartSweep(id);
        }
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Identity of the store, given when it was made; copies of it share it.</summary>
    public string Id { get; }

    /// <summary>The collections.</summary>
    public Catalog Catalog { get; } = new();

    /// <summary>Connections for reading.</summary>
    public ReadSessions Sessions { get; }

    /// <summary>Saved indexes.</summary>
    public IndexFiles Files { get; }

    /// <summary>Number of the last change that searches see.</summary>
    public long Sequence => _applier.Sequence;

    /// <summary>Opens a folder, making it where there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isRecord">True for the writer's store, false for a reader's copy.</param>
    /// <param name="metrics">Where commits and damages are counted.</param>
    /// <param name="log">Where damages are told.</param>
    /// <param name="time">Clock.</param>
    /// <param name="fail">Called when an index could not follow the record; the process should start anew.</param>
    /// <param name="newId">Identity of a store that is made here; null for one of its own.</param>
    /// <exception cref="StoreException">Another process uses the folder, or SQLite's file is damaged.</exception>
    public static SearchStore Open(
        string folder, bool isRecord, StoreMetrics metrics, ILogger log, TimeProvider time, Action<Exception> fail, string? newId = null)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Folder '{folder}' cannot be made: {e.Message}", e);
        }

        var folderLock = Lock(folder);
        try
        {
            return new SearchStore(folder, folderLock, isRecord, metrics, log, time, fail, newId);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Makes a write durable and searchable; cancelled while it waits for that, it may still take place.</summary>
    /// <exception cref="WriteRefusedException">It changed nothing, and why.</exception>
    /// <exception cref="StoreException">The disk did not take it.</exception>
    public Task<WriteResult> SubmitAsync(WriteJob job, CancellationToken cancellation) => _commits.SubmitAsync(job, cancellation);

    /// <summary>Saves every index that changed.</summary>
    public async Task SaveIndexesAsync() => await _applier.SaveAllAsync();

    /// <summary>Forgets deletions that neither a saved index nor, up to <paramref name="published"/>, a reader needs any more.</summary>
    public async Task TrimDeletionsAsync(long published, CancellationToken cancellation)
    {
        var saved = Catalog.All.Select(collection => collection.SavedSequence).Where(sequence => sequence > 0).DefaultIfEmpty(long.MaxValue).Min();
        await SubmitAsync(new TrimDeletions(Math.Min(saved, published)), cancellation);
    }

    /// <summary>Finishes writes that wait and closes everything.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _stop.Cancel();
        _commits.Dispose();
        _applier.Dispose();
        Sessions.Dispose();
        foreach (var collection in Catalog.All)
        {
            collection.Dispose();
        }

        _lock.Dispose();
        _stop.Dispose();
    }

    private long LoadCollections()
    {
        var session = Sessions.Rent();
        try
        {
            var sequence = session.Connection.Sequence();
            var loader = new CollectionLoader(Files, session, _log);
            foreach (var record in ReadSession.Collections(session.Connection))
            {
                Catalog.Add(loader.Load(record, sequence));
            }

            return sequence;
        }
        finally
        {
            Sessions.Return(session);
        }
    }

    private List<long> LeftOvers()
    {
        var session = Sessions.Rent();
        try
        {
            return [.. session.Query($"""
                SELECT collection FROM drops WHERE collection NOT IN (SELECT id FROM collections)
                AND EXISTS (SELECT 1 FROM documents WHERE documents.collection = drops.collection)
                """, reader => reader.GetInt64(0))];
        }
        finally
        {
            Sessions.Return(session);
        }
    }

    private void StartSweep(long collection) => _ = Task.Run(async () =>
    {
        try
        {
            while ((await SubmitAsync(new SweepCollection(collection), _stop.Token)).Count > 0)
            {
                // Other writes get their turn in between.
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WriteRefusedException or ObjectDisposedException)
        {
            // Stopping: the next start goes on.
        }
        catch (StoreException e)
        {
            LogSweepFailed(_log, collection, e);
        }
    });

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Folder '{folder}' is used by another process, or cannot be written: {e.Message}", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Documents of the dropped collection {Collection} could not be cleared away; the next start tries again.")]
    private static partial void LogSweepFailed(ILogger log, long collection, Exception exception);
}
