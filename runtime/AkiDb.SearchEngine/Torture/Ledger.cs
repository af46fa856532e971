using System.Collections.Concurrent;

namespace AkiDb.SearchEngine.Torture;

/// <summary>
/// What the server was told and what it acknowledged. A write without an answer may have happened or not; one with an answer has.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Documents spoken of.</summary>
    public IEnumerable<string> Ids => _entries.Keys;

    /// <summary>Writes acknowledged so far.</summary>
    public int Acknowledged => _acknowledged;

    private int _acknowledged;

    /// <summary>A write is about to be sent. One worker writes a document, one write at a time.</summary>
    /// <param name="id">The document.</param>
    /// <param name="version">Its new version; 0 deletes it.</param>
    public void Sending(string id, int version) => _entries.GetOrAdd(id, static _ => new Entry()).Pending = version;

    /// <summary>The write was answered with success.</summary>
    public void Done(string id, int version)
    {
        var entry = _entries[id];
        (entry.Certain, entry.Pending) = (version, null);
        Interlocked.Increment(ref _acknowledged);
    }

    /// <summary>What is wrong with a document that the server has (version above 0) or has not (0); null when nothing is.</summary>
    public string? Judge(string id, int found)
    {
        if (!_entries.TryGetValue(id, out var entry))
        {
            return $"'{id}' was never written";
        }

        return found == entry.Certain || found == entry.Pending ? null
            : $"'{id}' has version {found}; acknowledged was {entry.Certain}{(entry.Pending is { } pending ? $", under way {pending}" : "")}";
    }

    /// <summary>What the server has is the truth from now on: nothing is under way any more.</summary>
    public void Settle(string id, int found)
    {
        var entry = _entries[id];
        (entry.Certain, entry.Pending) = (found, null);
    }

    private sealed class Entry
    {
        public int Certain { get; set; }

        public int? Pending { get; set; }
    }
}
