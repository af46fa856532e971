using System.Diagnostics;
using System.Runtime.InteropServices;
using AkiDb.SearchEngine.Collections;

namespace AkiDb.SearchEngine.Store;

/// <summary>What a write did.</summary>
/// <param name="Sequence">Number of its last change: an answer with this number or a later one knows of it.</param>
/// <param name="Count">Documents written or deleted.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WriteResult(long Sequence, int Count);

/// <summary>A write request on its way to the disk.</summary>
internal abstract class WriteJob
{
    private readonly TaskCompletionSource<WriteResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the write is durable and searches see it.</summary>
    public Task<WriteResult> Done => _done.Task;

    /// <summary>What the write did, once committed.</summary>
    public WriteResult Result { get; set; }

    /// <summary>Trace that the write belongs to; the commit's span is its child.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>Rows it changes, about.</summary>
    public abstract int Weight { get; }

    /// <summary>Does it, on the writing thread; returns how many documents changed.</summary>
    public abstract int Execute(WriteTransaction transaction);

    public void Complete() => _done.TrySetResult(Result);

    public void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>Stores documents.</summary>
internal sealed class PutDocuments(long collection, IReadOnlyList<DocumentWrite> documents) : WriteJob
{
    public override int Weight => documents.Count;

    public override int Execute(WriteTransaction transaction)
    {
        foreach (var document in documents)
        {
            transaction.Put(collection, document);
        }

        return documents.Count;
    }
}

/// <summary>Deletes documents by id.</summary>
internal sealed class DeleteDocuments(long collection, IReadOnlyList<string> ids) : WriteJob
{
    public override int Weight => ids.Count;

    public override int Execute(WriteTransaction transaction) => ids.Count(id => transaction.Delete(collection, id));
}

/// <summary>Makes a collection.</summary>
internal sealed class CreateCollection(CollectionSettings settings) : WriteJob
{
    public override int Weight => 1;

    public override int Execute(WriteTransaction transaction)
    {
        transaction.Create(settings);
        return 1;
    }
}

/// <summary>Drops a collection with its documents.</summary>
internal sealed class DropCollection(long collection) : WriteJob
{
    public override int Weight => 1;

    public override int Execute(WriteTransaction transaction)
    {
        transaction.Drop(collection);
        return 1;
    }
}
