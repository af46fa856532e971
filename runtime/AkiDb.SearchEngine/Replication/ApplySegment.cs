using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Replication;

/// <summary>Takes a piece of another store's log into this copy, with the same keys and numbers.</summary>
internal sealed class ApplySegment(ChangeSegment segment) : WriteJob
{
    public override int Weight => segment.Puts.Count + segment.Deletions.Count + 1;

    public override int Execute(WriteTransaction transaction)
    {
        // Drops first: a new collection may have a dropped one's name. Deletions before documents: a new document may have the
        // id of a deleted one.
        foreach (var (collection, sequence) in segment.Drops)
        {
            transaction.Drop(collection, sequence);
        }

        foreach (var record in segment.Creates)
        {
            transaction.Create(record);
        }

        foreach (var (place, sequence) in segment.Deletions)
        {
            transaction.Delete(place >> StoreDatabase.KeyBits, (ulong)place & WriteTransaction.KeyMask, sequence);
        }

        foreach (var (collection, document) in segment.Puts)
        {
            transaction.Put(collection, document.Key, document.Sequence, new DocumentWrite(document.Id, document.Vector!, document.Text, document.Metadata));
        }

        foreach (var (collection, nextKey) in segment.NextKeys)
        {
            transaction.SetNextKey(collection, nextKey);
        }

        transaction.Advance(segment.Last);
        return Weight;
    }
}
