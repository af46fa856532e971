namespace AkiDb.VectorIndex.Memory;

/// <summary>
/// Which slot holds which key now, and since which version. Every change is one commit: it stamps the slots and then
/// publishes the version, so that a reader's snapshot holds all of a commit or nothing of it.
/// </summary>
internal sealed unsafe class KeyLedger(GenerationKeeper keeper)
{
    // The arrays are taken inside the lock, never from the caller: the table may name slots that an older generation,
    // which the caller may still hold, is too small for.
    private readonly Lock _commit = new();
    private readonly KeyTable _table = new();
    private long _version = 1;
    private int _count;

    /// <summary>The version that a search starting now sees.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Keys present.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes of the key table.</summary>
    public long Bytes => _table.Bytes;

    /// <summary>The slot of a key, or −1, and the arrays in which that is true.</summary>
    public int Find(ulong key, out Generation generation)
    {
        lock (_commit)
        {
            generation = keeper.Current;
            return _table.Find(key, generation.Keys);
        }
    }

    /// <summary>
    /// Writes the slots of those keys that are present; returns their number, and the arrays and version at which it is true.
    /// </summary>
    public int FindAll(ReadOnlySpan<ulong> keys, Span<int> slots, out Generation generation, out long version)
    {
        lock (_commit)
        {
            generation = keeper.Current;
            version = _version;
            var count = 0;
            foreach (var key in keys)
            {
                var slot = _table.Find(key, generation.Keys);
                if (slot >= 0)
                {
                    slots[count++] = slot;
                }
            }

            return count;
        }
    }

    /// <summary>
    /// Makes a linked slot the holder of its key and returns the slot it replaces, or −1. With
    /// <paramref name="mustBeNew"/> a key that exists is left alone and false is returned.
    /// </summary>
    public bool TryPublish(int slot, bool mustBeNew, out int replaced)
    {
        lock (_commit)
        {
            var generation = keeper.Current;
            var key = generation.Keys[slot];
            if (mustBeNew && _table.Find(key, generation.Keys) >= 0)
            {
                replaced = -1;
                return false;
            }

            replaced = _table.Set(key, slot, generation.Keys);
            var next = _version + 1;
            generation.Lifetimes[slot].Born = next;
            if (replaced >= 0)
            {
                Volatile.Write(ref generation.Lifetimes[replaced].Died, next);
            }

            Volatile.Write(ref _count, _table.Count);
            Volatile.Write(ref _version, next);
            return true;
        }
    }

    /// <summary>Deletes a key and returns the slot it had, or −1.</summary>
    public int Remove(ulong key)
    {
        lock (_commit)
        {
            var generation = keeper.Current;
            var slot = _table.Remove(key, generation.Keys);
            if (slot >= 0)
            {
                Volatile.Write(ref generation.Lifetimes[slot].Died, _version + 1);
                Volatile.Write(ref _count, _table.Count);
                Volatile.Write(ref _version, _version + 1);
            }

            return slot;
        }
    }

    /// <summary>
    /// Takes over slots 0 to <paramref name="count"/> of a loaded generation; returns a key that occurs twice, if any.
    /// </summary>
    public ulong? Adopt(int count)
    {
        lock (_commit)
        {
            var generation = keeper.Current;
            _table.Reserve(count, generation.Keys);
            for (var slot = 0; slot < count; slot++)
            {
                if (_table.Set(generation.Keys[slot], slot, generation.Keys) >= 0)
                {
                    return generation.Keys[slot];
                }
            }

            Volatile.Write(ref _count, count);
            return null;
        }
    }

    /// <summary>Makes room for <paramref name="count"/> keys.</summary>
    public void Reserve(int count)
    {
        lock (_commit)
        {
            _table.Reserve(count, keeper.Current.Keys);
        }
    }
}
