using System.Globalization;
using System.Text.Json;
using AkiDb.ObjectStorage;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Replication;

/// <summary>
/// Publishes a store: new pieces of the log, now and then a snapshot, and a manifest that names them. The manifest is only written over
/// the version that this process wrote, so that two writers can never mix their truths.
/// </summary>
internal sealed class Publisher(SearchStore store, IObjectStore objects, TimeProvider time)
{
    // A reader that starts fetches the snapshot and indexes what the log has beyond it. 16 MiB are some 7,500 documents of 512 dimensions,
    // about a second of two processors; more than that is worth a new snapshot.
    private const long MaximumLogBytes = 16 * 1024 * 1024;
    private const int MaximumSegments = 600;

    // A store with more changes than this begins with a snapshot instead of a log from the first change on.
    private const int MaximumFirstLog = 10_000;

    private readonly Snapshot _snapshots = new(objects);
    private Manifest? _manifest;
    private string? _tag;
    private DateTimeOffset _written;
    private bool _isLogCut;

    /// <summary>Number of the last published change.</summary>
    public long Sequence => _manifest?.Sequence ?? 0;

    /// <summary>Reads what is published already.</summary>
    /// <exception cref="StoreException">It is another store's, or newer than this store.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (await objects.ReadAsync(Manifest.ObjectName, null, cancellation) is not { Content: { } content } read)
        {
            return;
        }

        (_manifest, _tag) = (Parse(content.Span), read.Tag);
        if (_manifest.Store != store.Id)
        {
            throw new StoreException($"Another store is published there ({_manifest.Store}; this one is {store.Id}). Publish elsewhere, or bring that store back: "
                + "akidb search restore --data DIR --from PLACE.");
        }

        if (_manifest.Sequence > store.Sequence)
        {
            throw new StoreException($"What is published goes up to change {_manifest.Sequence}, this store only to {store.Sequence}: it is an older copy. Bring the "
                + "published one back: akidb search restore --data DIR --from PLACE.");
        }

        // A run that did not publish forgot deletions that what is published does not know yet.
        _isLogCut = _manifest.Sequence < Read(session => session.Connection.Trimmed());
    }

    /// <summary>Publishes everything that is committed.</summary>
    /// <param name="heartbeat">After so long the manifest is renewed although nothing changed, so that readers know that they are up to date.</param>
    /// <param name="cancellation">Stops between objects.</param>
    /// <exception cref="ObjectChangedException">Another process publishes to the same place.</exception>
    public async Task PublishAsync(TimeSpan heartbeat, CancellationToken cancellation)
    {
        if (_isLogCut || (_manifest is null && store.Sequence > MaximumFirstLog))
        {
            await PublishSnapshotAsync(cancellation);
        }

        while (await PublishSegmentAsync(heartbeat, cancellation))
        {
            // There is more.
        }

        var log = LogAfterSnapshot(_manifest!).ToList();
        if (log.Sum(segment => segment.Content.Bytes) > Math.Max(MaximumLogBytes, SnapshotBytes / 2) || log.Count > MaximumSegments)
        {
            await PublishSnapshotAsync(cancellation);
            await store.TrimDeletionsAsync(Sequence, cancellation);
        }
    }

    /// <summary>
    /// Publishes a copy of the whole store, with which new readers begin. The log goes back to the snapshot before it, so that a reader
    /// that follows does not fetch the whole store because a snapshot came between. Where the store no longer knows every deletion since the
    /// log's end, the log begins anew.
    /// </summary>
    public async Task PublishSnapshotAsync(CancellationToken cancellation)
    {
        var asOf = time.GetUtcNow();
        var snapshot = await _snapshots.UploadAsync(store, cancellation);
        while (_manifest is not null && !_isLogCut && await PublishSegmentAsync(TimeSpan.MaxValue, cancellation))
        {
            // Until the log is past the snapshot: readers that follow go on without it.
        }

        var before = _manifest;
        var now = new Manifest
        {
            Format = Manifest.CurrentFormat,
            Store = store.Id,
            Sequence = Math.Max(snapshot.Sequence, Sequence),
            AsOf = before is null || _isLogCut ? asOf : before.AsOf,
            Snapshot = snapshot,
            Segments = before is null || _isLogCut ? [] : [.. LogAfterSnapshot(before)],
        };
        var present = ObjectsOf(now).ToHashSet(StringComparer.Ordinal);
        await WriteAsync(now with { Retired = before is null ? [] : [.. ObjectsOf(before).Where(name => !present.Contains(name))] }, cancellation);
        _isLogCut = false;
        foreach (var name in (before?.Retired ?? []).Where(name => !present.Contains(name)))
        {
            await objects.DeleteAsync(name, cancellation);
        }
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="StoreException">It is of another format.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> content)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(content, ManifestJson.Default.Manifest)!;
            return manifest.Format == Manifest.CurrentFormat ? manifest
                : throw new StoreException($"The manifest has format {manifest.Format}; this program reads {Manifest.CurrentFormat}.");
        }
        catch (JsonException e)
        {
            throw new StoreException($"The manifest cannot be read: {e.Message}", e);
        }
    }

    private long SnapshotBytes => _manifest?.Snapshot?.Files.Sum(file => file.Parts.Sum(part => part.Bytes)) ?? 0;

    private async Task<bool> PublishSegmentAsync(TimeSpan heartbeat, CancellationToken cancellation)
    {
        // Taken before the state is read: everything acknowledged by then is in it.
        var asOf = time.GetUtcNow();
        var isLast = false;
        var segment = Read(session => SegmentReader.Read(session, Sequence, out isLast));
        var manifest = _manifest ?? new Manifest { Format = Manifest.CurrentFormat, Store = store.Id, Sequence = 0, AsOf = asOf };
        if (segment is null)
        {
            if (_manifest is null || asOf - _written >= heartbeat)
            {
                await WriteAsync(manifest with { AsOf = asOf }, cancellation);
            }

            return false;
        }

        var bytes = segment.ToBytes();
        // The name carries the content's hash: a piece whose manifest was lost with a crash is never overwritten by another.
        var hash = PartEntry.Of("", bytes).Sha256[..12];
        var entry = PartEntry.Of(string.Create(CultureInfo.InvariantCulture, $"log/{segment.After + 1:D20}-{segment.Last:D20}-{hash}"), bytes);
        await objects.PutAsync(entry.Object, new MemoryStream(bytes, writable: false), cancellation);
        await WriteAsync(manifest with
        {
            Sequence = segment.Last,
            AsOf = isLast ? asOf : manifest.AsOf,
            Segments = [.. manifest.Segments, new SegmentEntry(segment.After + 1, segment.Last, entry)],
        }, cancellation);
        return !isLast;
    }

    private T Read<T>(Func<ReadSession, T> read)
    {
        var session = store.Sessions.Rent();
        try
        {
            return read(session);
        }
        finally
        {
            store.Sessions.Return(session);
        }
    }

    private async Task WriteAsync(Manifest manifest, CancellationToken cancellation)
    {
        _tag = await objects.ReplaceAsync(
            Manifest.ObjectName, JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.Manifest), _tag, cancellation);
        (_manifest, _written) = (manifest, time.GetUtcNow());
    }

    // What a reader that begins with the snapshot has to apply.
    private static IEnumerable<SegmentEntry> LogAfterSnapshot(Manifest manifest) =>
        manifest.Segments.Where(segment => segment.Last > (manifest.Snapshot?.Sequence ?? 0));

    private static IEnumerable<string> ObjectsOf(Manifest manifest) =>
        manifest.Segments.Select(segment => segment.Content.Object)
            .Concat(manifest.Snapshot?.Files.SelectMany(file => file.Parts).Select(part => part.Object) ?? []);
}
