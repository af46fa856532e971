using AkiDb.SearchEngine.Filters;
using AkiDb.SearchEngine.Store;
using AkiDb.VectorIndex;

namespace AkiDb.SearchEngine.Collections;

/// <summary>A collection that answers: its index, and what filters need of its documents. One thread applies changes; any thread searches.</summary>
internal sealed class LiveCollection : IDisposable
{
    // From here on the bulk path pays: it checks once and links on several threads.
    private const int BulkRows = 64;

    private readonly PostingIndex _postings;

    public LiveCollection(CollectionRecord record, NearestNeighborIndex index)
    {
        (Id, Settings, Index) = (record.Id, record.Settings, index);
        _postings = new PostingIndex(Cards);
    }

    public long Id { get; }

    public CollectionSettings Settings { get; }

    public NearestNeighborIndex Index { get; }

    public CardTable Cards { get; } = new();

    public FieldNames Fields { get; } = new();

    /// <summary>Number up to which the saved index goes; 0 where none is saved.</summary>
    public long SavedSequence { get; set; }

    /// <summary>Changes since then, or since saving failed.</summary>
    public int ChangesSinceSave { get; set; }

    /// <summary>Whether saving would shorten the next start by much: a tenth has changed, and more than a moment's work.</summary>
    public bool IsWorthSaving => ChangesSinceSave > 5_000 && ChangesSinceSave > Cards.Count / 10;

    /// <summary>A filter in the form that is cheapest on these documents.</summary>
    public IKeyFilter Plan(FilterNode filter) => MetadataFilter.Plan(filter, Cards, _postings);

    /// <summary>Keys that fulfil a filter.</summary>
    public IEnumerable<ulong> Matching(FilterNode filter) =>
        Cards.Keys().Where(key => Cards.Find(key) is { } card && filter.Matches(card.Cells));

    /// <summary>Takes a document's metadata in, before or with its vector.</summary>
    public void AddCard(ulong key, string id, string? metadata)
    {
        var card = new DocumentCard(id, MetadataReader.Read(metadata, Fields));
        var before = Cards.Exchange(key, card);
        _postings.Add(key, card);
        if (before is not null)
        {
            _postings.Remove(before);
        }
    }

    /// <summary>Applies committed changes; of several to one document, the last.</summary>
    /// <param name="changes">Changes of this collection.</param>
    /// <param name="threads">Threads for many at once.</param>
    public void Apply(IReadOnlyList<IndexChange> changes, int threads)
    {
        var last = new Dictionary<ulong, DocumentWrite?>(changes.Count);
        foreach (var change in changes)
        {
            last[change.Key] = change.Document;
        }

        foreach (var (key, _) in last.Where(change => change.Value is null))
        {
            Index.Delete(key);
            if (Cards.Exchange(key, null) is { } card)
            {
                _postings.Remove(card);
            }
        }

        var puts = last.Where(change => change.Value is not null).Select(change => (change.Key, Document: change.Value!)).ToList();
        foreach (var (key, document) in puts)
        {
            AddCard(key, document.Id, document.Metadata);
        }

        PutVectors(puts, threads);
        ChangesSinceSave += changes.Count;
    }

    public void Dispose() => Index.Dispose();

    private void PutVectors(List<(ulong Key, DocumentWrite Document)> puts, int threads)
    {
        if (puts.Count < BulkRows)
        {
            foreach (var (key, document) in puts)
            {
                Index.Upsert(key, document.Vector);
            }

            return;
        }

        var keys = new ulong[puts.Count];
        var vectors = new float[puts.Count * Settings.Dimension];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = puts[i].Key;
            puts[i].Document.Vector.CopyTo(vectors.AsSpan(i * Settings.Dimension));
        }

        Index.UpsertMany(keys, vectors, threads);
    }
}
