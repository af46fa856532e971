using System.Globalization;
using AkiDb.SearchEngine.Observability;
using AkiDb.VectorIndex;

namespace AkiDb.SearchEngine.Store;

/// <summary>
/// Saved indexes: <c>index/COLLECTION-SEQUENCE.index</c>. They only save time: what one says counts up to its number, the rest and
/// everything in doubt comes from SQLite.
/// </summary>
internal sealed partial class IndexFiles
{
    private readonly string _folder;
    private readonly string _quarantine;
    private readonly StoreMetrics _metrics;
    private readonly ILogger _log;
    private readonly TimeProvider _time;

    public IndexFiles(string data, StoreMetrics metrics, ILogger log, TimeProvider time)
    {
        (_folder, _quarantine, _metrics, _log, _time) = (Path.Combine(data, "index"), Path.Combine(data, "quarantine"), metrics, log, time);
        Directory.CreateDirectory(_folder);
        foreach (var half in Directory.EnumerateFiles(_folder, "*.partial"))
        {
            File.Delete(half);
        }
    }

    /// <summary>Path of a collection's index up to a number.</summary>
    public string PathOf(long collection, long sequence) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{collection}-{sequence}.index"));

    /// <summary>The newest file of a collection, or null.</summary>
    public (string Path, long Sequence)? Newest(long collection)
    {
        var found = Directory.EnumerateFiles(_folder, string.Create(CultureInfo.InvariantCulture, $"{collection}-*.index"))
            .Select(path => (Path: path, Sequence: SequenceOf(path))).OrderByDescending(file => file.Sequence).ToList();
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>
    /// Saves an index and deletes the files before it. False if the disk did not take it: the files before it still serve, the next start
    /// only takes longer.
    /// </summary>
    public bool Save(long collection, NearestNeighborIndex index, long sequence)
    {
        var path = PathOf(collection, sequence);
        try
        {
            index.Save(path);
            DeleteBut(collection, path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(_log, path, e);
            return false;
        }
    }

    /// <summary>Deletes every file of a collection but one.</summary>
    public void DeleteBut(long collection, string? keep)
    {
        foreach (var path in Directory.EnumerateFiles(_folder, string.Create(CultureInfo.InvariantCulture, $"{collection}-*.index")).Where(path => path != keep))
        {
            File.Delete(path);
        }
    }

    /// <summary>Puts a file aside for whoever wants to know what happened to it.</summary>
    public void PutAside(string path, string reason)
    {
        Directory.CreateDirectory(_quarantine);
        var target = Path.Combine(_quarantine, string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyyMMddTHHmmssfff}-{Path.GetFileName(path)}"));
        File.Move(path, target, overwrite: true);
        _metrics.CountQuarantined();
        LogPutAside(_log, path, target, reason);
    }

    private static long SequenceOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path).Split('-')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : -1;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} could not be saved; until a later one is, a start takes longer.")]
    private static partial void LogNotSaved(ILogger log, string path, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is put aside as {Target} and made anew from SQLite: {Reason}")]
    private static partial void LogPutAside(ILogger log, string path, string target, string reason);
}
