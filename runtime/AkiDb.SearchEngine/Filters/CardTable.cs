namespace AkiDb.SearchEngine.Filters;

/// <summary>
/// Cards by key. Keys are given out in ascending order and never again, so the table is chunked: chunks without a card are freed.
/// One thread writes; any thread reads, without a lock.
/// </summary>
internal sealed class CardTable
{
    private const int ChunkBits = 12;
    private const int ChunkSize = 1 << ChunkBits;

    private Chunk?[] _chunks = new Chunk?[16];
    private int _count;

    /// <summary>Cards in the table.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The key's card, or null.</summary>
    public DocumentCard? Find(ulong key)
    {
        var chunks = Volatile.Read(ref _chunks);
        var chunk = key >> ChunkBits;
        return chunk < (ulong)chunks.Length && Volatile.Read(ref chunks[chunk]) is { } found
            ? Volatile.Read(ref found.Cards[key & (ChunkSize - 1)])
            : null;
    }

    /// <summary>Sets or, with null, removes the key's card; returns the one before.</summary>
    public DocumentCard? Exchange(ulong key, DocumentCard? card)
    {
        var number = checked((int)(key >> ChunkBits));
        if (number >= _chunks.Length)
        {
            if (card is null)
            {
                return null;
            }

            var larger = new Chunk?[Math.Max(number + 1, _chunks.Length * 2)];
            _chunks.CopyTo(larger, 0);
            Volatile.Write(ref _chunks, larger);
        }

        var chunk = _chunks[number];
        if (chunk is null)
        {
            if (card is null)
            {
                return null;
            }

            chunk = new Chunk();
            Volatile.Write(ref _chunks[number], chunk);
        }

        var before = chunk.Cards[key & (ChunkSize - 1)];
        Volatile.Write(ref chunk.Cards[key & (ChunkSize - 1)], card);
        var change = (card is null ? 0 : 1) - (before is null ? 0 : 1);
        chunk.Used += change;
        Volatile.Write(ref _count, _count + change);
        if (chunk.Used == 0)
        {
            Volatile.Write(ref _chunks[number], null);
        }

        return before;
    }

    /// <summary>Keys that have a card now.</summary>
    public IEnumerable<ulong> Keys()
    {
        var chunks = Volatile.Read(ref _chunks);
        for (var number = 0; number < chunks.Length; number++)
        {
            if (Volatile.Read(ref chunks[number]) is not { } chunk)
            {
                continue;
            }

            for (var i = 0; i < ChunkSize; i++)
            {
                if (Volatile.Read(ref chunk.Cards[i]) is not null)
                {
                    yield return ((ulong)number << ChunkBits) | (uint)i;
                }
            }
        }
    }

    private sealed class Chunk
    {
        public DocumentCard?[] Cards { get; } = new DocumentCard?[ChunkSize];

        public int Used { get; set; }
    }
}
