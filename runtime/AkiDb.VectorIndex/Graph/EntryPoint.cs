using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>Where searches start: a slot and its level, read and written as one number so that they always belong together.</summary>
internal sealed class EntryPoint
{
    private const long None = -1;
    private readonly Lock _change = new();
    private long _packed = None;

    /// <summary>The entry, or slot −1 when the graph is empty.</summary>
    public (int Slot, int Level) Read()
    {
        var packed = Volatile.Read(ref _packed);
        return packed == None ? (-1, -1) : ((int)packed, (int)(packed >> 32));
    }

    /// <summary>Sets the entry whatever it was; slot −1 for an empty graph.</summary>
    public void Set(int slot, int level)
    {
        lock (_change)
        {
            Volatile.Write(ref _packed, slot < 0 ? None : ((long)level << 32) | (uint)slot);
        }
    }

    /// <summary>Makes <paramref name="slot"/> the entry of an empty graph; false when another was first.</summary>
    public bool TrySetFirst(int slot, int level)
    {
        lock (_change)
        {
            if (_packed != None)
            {
                return false;
            }

            Volatile.Write(ref _packed, ((long)level << 32) | (uint)slot);
            return true;
        }
    }

    /// <summary>Makes <paramref name="slot"/> the entry if it stands higher than the present one.</summary>
    public void Raise(int slot, int level)
    {
        lock (_change)
        {
            if (_packed == None || level > (int)(_packed >> 32))
            {
                Volatile.Write(ref _packed, ((long)level << 32) | (uint)slot);
            }
        }
    }

    /// <summary>Moves the entry to the highest linked slot that is not in <paramref name="leaving"/>.</summary>
    public unsafe void MoveAway(Generation generation, int slots, SlotSet leaving)
    {
        lock (_change)
        {
            if (_packed == None || !leaving.Contains((int)_packed))
            {
                return;
            }

            var best = -1;
            for (var slot = 0; slot < slots; slot++)
            {
                var level = Volatile.Read(ref generation.Levels[slot]);
                if (level != Generation.NotLinked && !leaving.Contains(slot) && (best < 0 || level > generation.Levels[best]))
                {
                    best = slot;
                }
            }

            Volatile.Write(ref _packed, best < 0 ? None : ((long)generation.Levels[best] << 32) | (uint)best);
        }
    }
}
