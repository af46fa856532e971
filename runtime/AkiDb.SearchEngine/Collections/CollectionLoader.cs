using AkiDb.SearchEngine.Store;
using AkiDb.VectorIndex;
using AkiDb.VectorIndex.Files;

namespace AkiDb.SearchEngine.Collections;

/// <summary>Brings a collection back at start: the saved index, then what SQLite knows beyond it; or, in any doubt, all of it from SQLite.</summary>
internal sealed partial class CollectionLoader(IndexFiles files, ReadSession session, ILogger log)
{
    private const int RowsPerStep = 8_192;

    /// <summary>Loads one collection as of the session's last change.</summary>
    public LiveCollection Load(CollectionRecord record, long sequence)
    {
        var saved = OpenSaved(record, sequence);
        var collection = new LiveCollection(record, saved?.Index ?? new NearestNeighborIndex(record.Settings.ToIndexOptions()));
        foreach (var (key, id, metadata) in session.Cards(record.Id))
        {
            collection.AddCard(key, id, metadata);
        }

        Replay(collection, saved?.Sequence ?? 0);
        if (collection.Index.Count == collection.Cards.Count)
        {
            collection.SavedSequence = saved?.Sequence ?? 0;
            return collection;
        }

        collection.Dispose();
        if (saved is not { } wrong)
        {
            throw new StoreException($"Collection '{record.Settings.Name}' has {collection.Cards.Count:#,0} documents and {collection.Index.Count:#,0} vectors.");
        }

        files.PutAside(wrong.Path, $"with the changes since it has {collection.Index.Count:#,0} vectors; SQLite has {collection.Cards.Count:#,0} documents");
        return Load(record, sequence);
    }

    private (NearestNeighborIndex Index, string Path, long Sequence)? OpenSaved(CollectionRecord record, long sequence)
    {
        if (files.Newest(record.Id) is not { } file)
        {
            return null;
        }

        if (file.Sequence < 0 || file.Sequence > sequence)
        {
            files.PutAside(file.Path, $"it goes up to change {file.Sequence}; SQLite up to {sequence}");
            return null;
        }

        try
        {
            var index = NearestNeighborIndex.Load(file.Path);
            if (record.Settings.Fits(index.Options))
            {
                return (index, file.Path, file.Sequence);
            }

            index.Dispose();
            files.PutAside(file.Path, "it was made with other settings");
        }
        catch (IndexFileException e)
        {
            files.PutAside(file.Path, e.Message);
        }

        return null;
    }

    private void Replay(LiveCollection collection, long after)
    {
        var changes = new List<IndexChange>(RowsPerStep);
        var threads = Environment.ProcessorCount;
        foreach (var key in session.Deletions(collection.Id, after))
        {
            // A key is never given again, so a deletion is final and its place among the other changes does not matter.
            collection.Index.Delete(key);
        }

        var count = 0;
        foreach (var document in session.Documents(collection.Id, after))
        {
            changes.Add(new IndexChange(collection.Id, document.Key, new DocumentWrite(document.Id, document.Vector!, document.Text, document.Metadata)));
            if (changes.Count == RowsPerStep)
            {
                Flush();
            }
        }

        Flush();
        if (count > 0)
        {
            LogReplayed(log, collection.Settings.Name, count, after);
        }

        void Flush()
        {
            collection.Apply(changes, threads);
            count += changes.Count;
            changes.Clear();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Collection {Collection}: {Count} documents indexed from SQLite, those changed after {After}.")]
    private static partial void LogReplayed(ILogger log, string collection, int count, long after);
}
