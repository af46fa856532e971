namespace AkiDb.VectorIndex.Graph;

/// <summary>A set of slot numbers as bits.</summary>
internal sealed class SlotSet(int capacity)
{
    private readonly ulong[] _words = new ulong[(capacity + 63) / 64];

    public void Add(int slot) => _words[slot >> 6] |= 1UL << slot;

    public bool Contains(int slot) => ((_words[slot >> 6] >> slot) & 1) != 0;
}
