using System.Collections.Concurrent;

namespace AkiDb.SearchEngine.Filters;

/// <summary>Which documents have which value: what makes a filter that keeps one document in a thousand cost a look-up.</summary>
internal sealed class PostingIndex(CardTable cards)
{
    private readonly ConcurrentDictionary<MetadataCell, Posting> _postings = [];

    /// <summary>The posting of a value; null where no document has it.</summary>
    public Posting? Find(MetadataCell cell) => _postings.GetValueOrDefault(cell);

    /// <summary>Records a card under its key. Call after the card is in the table.</summary>
    public void Add(ulong key, DocumentCard card)
    {
        foreach (var cell in card.Cells)
        {
            if (!_postings.TryGetValue(cell, out var posting))
            {
                posting = _postings[cell] = new Posting();
            }

            posting.Add(key);
        }
    }

    /// <summary>Notes that a card is gone, and makes lists anew that are mostly out of date.</summary>
    public void Remove(DocumentCard card)
    {
        foreach (var cell in card.Cells)
        {
            if (_postings.TryGetValue(cell, out var posting) && ++posting.Stale * 2 > posting.Count)
            {
                Rebuild(cell, posting);
            }
        }
    }

    private void Rebuild(MetadataCell cell, Posting old)
    {
        var fresh = new Posting();
        var seen = new HashSet<ulong>();
        foreach (var key in old.Keys)
        {
            if (cards.Find(key) is { } card && card.Cells.AsSpan().Contains(cell) && seen.Add(key))
            {
                fresh.Add(key);
            }
        }

        if (fresh.Count == 0)
        {
            _postings.TryRemove(cell, out _);
        }
        else
        {
            _postings[cell] = fresh;
        }
    }
}
