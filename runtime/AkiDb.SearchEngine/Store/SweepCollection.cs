namespace AkiDb.SearchEngine.Store;

/// <summary>Clears away a part of a dropped collection's documents: many small commits, so that no other write waits for a large one.</summary>
internal sealed class SweepCollection(long collection) : WriteJob
{
    private const int RowsPerStep = 500;

    public override int Weight => RowsPerStep;

    /// <summary>1 while there may be more.</summary>
    public override int Execute(WriteTransaction transaction) => transaction.Sweep(collection, RowsPerStep) ? 1 : 0;
}

/// <summary>Forgets deletions up to a number.</summary>
internal sealed class TrimDeletions(long sequence) : WriteJob
{
    public override int Weight => 1;

    public override int Execute(WriteTransaction transaction)
    {
        transaction.TrimDeletions(sequence);
        return 0;
    }
}
