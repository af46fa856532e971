using System.Globalization;
using AkiDb.ObjectStorage;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Replication;

/// <summary>
/// A local copy of a published store: a folder <c>copy-NUMBER</c> each time it has to begin anew, the log applied to it otherwise.
/// </summary>
internal sealed partial class Replica(string data, IObjectStore objects, StoreMetrics metrics, ILogger log, TimeProvider time, Action<Exception> fail)
{
    private readonly Snapshot _snapshots = new(objects);
    private string? _tag;

    // A copy that is open but not yet complete: what stopped it, such as a piece of the log that is on its way, must not cost another snapshot.
    private SearchStore? _begun;

    /// <summary>Opens the newest copy of an earlier run; null where there is none that can be used.</summary>
    public SearchStore? OpenExisting()
    {
        Directory.CreateDirectory(data);
        var copies = Directory.EnumerateDirectories(data, "copy-*").OrderDescending(StringComparer.Ordinal).ToList();
        foreach (var copy in copies)
        {
            try
            {
                return SearchStore.Open(copy, isRecord: false, metrics, log, time, fail);
            }
            catch (StoreException e)
            {
                LogDamaged(log, copy, e);
                metrics.CountQuarantined();
                PutAside(copy);
            }
        }

        return null;
    }

    /// <summary>Brings a copy up to what is published.</summary>
    /// <param name="store">The copy so far, or null.</param>
    /// <param name="cancellation">Stops between objects.</param>
    /// <returns>The copy, another one where it had to begin anew, and the time as of which it is complete; null when nothing is published
    /// or nothing changed.</returns>
    /// <exception cref="PublishedDataException">Something published is missing or damaged; it may be on its way.</exception>
    public async Task<(SearchStore Store, DateTimeOffset AsOf)?> CatchUpAsync(SearchStore? store, CancellationToken cancellation)
    {
        if (await objects.ReadAsync(Manifest.ObjectName, store is null ? null : _tag, cancellation) is not { Content: { } content } read)
        {
            return null;
        }

        var manifest = Publisher.Parse(content.Span);
        if (store is null || !LeadsOnFrom(store, manifest))
        {
            store = await GoOnOrBeginAnewAsync(manifest, cancellation);
        }

        foreach (var segment in manifest.Segments.Where(segment => segment.Last > store.Sequence))
        {
            if (segment.First > store.Sequence + 1)
            {
                throw new PublishedDataException($"The log has a gap between {store.Sequence} and {segment.First}.");
            }

            var changes = ChangeSegment.FromBytes(await segment.Content.ReadAsync(objects, cancellation));
            await store.SubmitAsync(new ApplySegment(changes), cancellation);
        }

        (_tag, _begun) = (read.Tag, null);
        return (store, manifest.AsOf);
    }

    /// <summary>Closes a copy and deletes it.</summary>
    public static void Discard(SearchStore copy)
    {
        copy.Dispose();
        Directory.Delete(copy.Folder, recursive: true);
    }

    /// <summary>Deletes every copy but one.</summary>
    public void DeleteBut(SearchStore keep)
    {
        foreach (var copy in Directory.EnumerateDirectories(data, "copy-*").Where(copy => copy != keep.Folder))
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static bool LeadsOnFrom(SearchStore store, Manifest manifest) =>
        store.Id == manifest.Store && store.Sequence <= manifest.Sequence && store.Sequence >= Oldest(manifest);

    // Number of the last change that a copy must have for the log to lead on from it.
    private static long Oldest(Manifest manifest) => manifest.Segments.Count > 0 ? manifest.Segments[0].First - 1 : manifest.Sequence;

    private async Task<SearchStore> GoOnOrBeginAnewAsync(Manifest manifest, CancellationToken cancellation)
    {
        if (_begun is { } begun && !LeadsOnFrom(begun, manifest))
        {
            _begun = null;
            Discard(begun);
        }

        return _begun ??= await BeginAnewAsync(manifest, cancellation);
    }

    private async Task<SearchStore> BeginAnewAsync(Manifest manifest, CancellationToken cancellation)
    {
        var incoming = Path.Combine(data, "incoming");
        if (Directory.Exists(incoming))
        {
            Directory.Delete(incoming, recursive: true);
        }

        Directory.CreateDirectory(incoming);
        if (manifest.Snapshot is { } snapshot)
        {
            await _snapshots.DownloadAsync(snapshot, incoming, cancellation);
        }

        var folder = Path.Combine(data, string.Create(CultureInfo.InvariantCulture, $"copy-{time.GetUtcNow():yyyyMMddTHHmmssfff}"));
        Directory.Move(incoming, folder);
        LogAnew(log, folder, manifest.Snapshot?.Sequence ?? 0);
        try
        {
            return SearchStore.Open(folder, isRecord: false, metrics, log, time, fail, manifest.Store);
        }
        catch
        {
            // The next attempt fetches it again; what cannot be opened must not fill the disk meanwhile.
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private void PutAside(string copy)
    {
        var quarantine = Path.Combine(data, "quarantine");
        Directory.CreateDirectory(quarantine);
        Directory.Move(copy, Path.Combine(quarantine, string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMddTHHmmssfff}-{Path.GetFileName(copy)}")));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Copy {Folder} is put aside; another is fetched.")]
    private static partial void LogDamaged(ILogger log, string folder, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "A new copy begins in {Folder}, from the snapshot of change {Sequence}.")]
    private static partial void LogAnew(ILogger log, string folder, long sequence);
}
