namespace AkiDb.SearchEngine.Filters;

/// <summary>
/// Keys whose metadata had one value in one field when they were added. Keys that lost the value stay until the list is made anew,
/// so a reader asks the key's card. One thread writes; any thread reads.
/// </summary>
internal sealed class Posting
{
    private ulong[] _keys = new ulong[2];
    private int _count;

    /// <summary>Entries that no longer hold.</summary>
    public int Stale { get; set; }

    /// <summary>Upper bound on the keys that have the value.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The entries so far; a key may stand there twice.</summary>
    public ReadOnlySpan<ulong> Keys
    {
        get
        {
            // The count first: the array only ever grows, so it holds at least as many.
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _keys).AsSpan(0, count);
        }
    }

    public void Add(ulong key)
    {
        if (_count == _keys.Length)
        {
            var larger = new ulong[_count * 2];
            _keys.CopyTo(larger, 0);
            Volatile.Write(ref _keys, larger);
        }

        _keys[_count] = key;
        Volatile.Write(ref _count, _count + 1);
    }
}
