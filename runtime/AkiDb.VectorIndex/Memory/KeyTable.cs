using System.Numerics;

namespace AkiDb.VectorIndex.Memory;

/// <summary>
/// Key → slot, open addressing with linear probing. Stores slots only (the keys lie in the slot array already): 4 bytes
/// an entry at a load of at most one half. Not thread-safe.
/// </summary>
internal sealed unsafe class KeyTable
{
    private int[] _entries = new int[16];

    /// <summary>Keys present.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes taken.</summary>
    public long Bytes => (long)_entries.Length * sizeof(int);

    /// <summary>The slot of <paramref name="key"/>, or −1.</summary>
    public int Find(ulong key, ulong* keys)
    {
        for (var i = Home(key); ; i = (i + 1) & (_entries.Length - 1))
        {
            var slot = _entries[i] - 1;
            if (slot < 0 || keys[slot] == key)
            {
                return slot;
            }
        }
    }

    /// <summary>Points <paramref name="key"/> at <paramref name="slot"/> and returns the slot it had, or −1.</summary>
    public int Set(ulong key, int slot, ulong* keys)
    {
        if ((Count + 1) * 2 > _entries.Length)
        {
            Resize(_entries.Length * 2, keys);
        }

        for (var i = Home(key); ; i = (i + 1) & (_entries.Length - 1))
        {
            var old = _entries[i] - 1;
            if (old >= 0 && keys[old] != key)
            {
                continue;
            }

            _entries[i] = slot + 1;
            Count += old < 0 ? 1 : 0;
            return old;
        }
    }

    /// <summary>Forgets <paramref name="key"/> and returns the slot it had, or −1.</summary>
    public int Remove(ulong key, ulong* keys)
    {
        var mask = _entries.Length - 1;
        var hole = Home(key);
        for (; ; hole = (hole + 1) & mask)
        {
            var slot = _entries[hole] - 1;
            if (slot < 0)
            {
                return -1;
            }

            if (keys[slot] == key)
            {
                break;
            }
        }

        var removed = _entries[hole] - 1;
        // Close the gap, so that no tombstones are needed: move back every entry whose home is not beyond the hole.
        for (var i = (hole + 1) & mask; _entries[i] != 0; i = (i + 1) & mask)
        {
            var home = Home(keys[_entries[i] - 1]);
            if (((i - home) & mask) >= ((i - hole) & mask))
            {
                _entries[hole] = _entries[i];
                hole = i;
            }
        }

        _entries[hole] = 0;
        Count--;
        return removed;
    }

    /// <summary>Makes room for <paramref name="count"/> keys at once.</summary>
    public void Reserve(int count, ulong* keys)
    {
        var wanted = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 8)) * 2;
        if (wanted > _entries.Length)
        {
            Resize(wanted, keys);
        }
    }

    private void Resize(int length, ulong* keys)
    {
        var old = _entries;
        _entries = new int[length];
        foreach (var entry in old)
        {
            if (entry == 0)
            {
                continue;
            }

            var i = Home(keys[entry - 1]);
            while (_entries[i] != 0)
            {
                i = (i + 1) & (length - 1);
            }

            _entries[i] = entry;
        }
    }

    // Fibonacci hashing: the multiplier is 2⁶⁴ divided by the golden ratio (Knuth, TAOCP 3, 6.4).
    private int Home(ulong key) =>
        (int)((key * 0x9E37_79B9_7F4A_7C15UL) >> (64 - BitOperations.Log2((uint)_entries.Length)));
}
