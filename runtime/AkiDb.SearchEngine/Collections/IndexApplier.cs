using System.Collections.Concurrent;
using AkiDb.SearchEngine.Store;
using AkiDb.VectorIndex;

namespace AkiDb.SearchEngine.Collections;

/// <summary>
/// The one thread that changes indexes: it follows the commits in order, tells those who wait, and saves indexes now and then. While it
/// indexes one batch, the next is already on its way to the disk.
/// </summary>
internal sealed class IndexApplier : IDisposable
{
    // So many batches ahead of the index the disk may be; then writers wait.
    private const int MaximumBehind = 4;

    private readonly BlockingCollection<Action> _work = new(MaximumBehind);
    private readonly Catalog _catalog;
    private readonly IndexFiles _files;
    private readonly int _threads;
    private readonly Action<Exception> _fail;
    private readonly Action<long> _dropped;
    private readonly Thread _thread;
    private long _sequence;
    private Exception? _failure;

    /// <param name="catalog">The collections.</param>
    /// <param name="files">Where indexes are saved.</param>
    /// <param name="sequence">Number of the last change that they contain.</param>
    /// <param name="threads">Threads for a large batch.</param>
    /// <param name="dropped">Told of each collection that is gone.</param>
    /// <param name="fail">Called when an index could not follow: from then on it is not to be trusted.</param>
    public IndexApplier(Catalog catalog, IndexFiles files, long sequence, int threads, Action<long> dropped, Action<Exception> fail)
    {
        (_catalog, _files, _sequence, _threads, _dropped, _fail) = (catalog, files, sequence, threads, dropped, fail);
        _thread = new Thread(Run) { IsBackground = true, Name = "index" };
        _thread.Start();
    }

    /// <summary>Number of the last change that searches see.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>Takes a batch; waits while the index is too far behind.</summary>
    public void Post(CommittedBatch batch) => _work.Add(() => ApplyOrFail(batch));

    /// <summary>Saves every index that changed, whatever little.</summary>
    public Task SaveAllAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                if (_failure is null)
                {
                    Save(collection => collection.ChangesSinceSave > 0 || collection.SavedSequence == 0);
                }

                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Applies what waits and ends; saves what would make the next start long.</summary>
    public void Dispose()
    {
        if (_work.IsAddingCompleted)
        {
            return;
        }

        _work.CompleteAdding();
        _thread.Join();
        if (_failure is null)
        {
            Save(collection => collection.IsWorthSaving);
        }

        _work.Dispose();
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }

    // The thread lives on after a failure: whoever still writes, or closes the store, would wait for it forever.
    private void ApplyOrFail(CommittedBatch batch)
    {
        try
        {
            if (_failure is null)
            {
                Apply(batch);
                return;
            }
        }
        catch (Exception e)
        {
            _failure = e;
            _fail(e);
        }

        var failure = new StoreException("The write is durable, but the index could not follow; the process starts anew.", _failure);
        foreach (var job in batch.Jobs)
        {
            job.Fail(failure);
        }
    }

    private void Apply(CommittedBatch batch)
    {
        foreach (var record in batch.Created.Where(record => !batch.Dropped.Contains(record.Id)))
        {
            _catalog.Add(new LiveCollection(record, new NearestNeighborIndex(record.Settings.ToIndexOptions())));
        }

        foreach (var changes in batch.Changes.GroupBy(change => change.Collection))
        {
            _catalog.Find(changes.Key)?.Apply([.. changes], _threads);
        }

        foreach (var id in batch.Dropped)
        {
            _catalog.Remove(id)?.Dispose();
            _files.DeleteBut(id, null);
            _dropped(id);
        }

        Volatile.Write(ref _sequence, batch.Sequence);
        foreach (var job in batch.Jobs)
        {
            job.Complete();
        }

        Save(collection => collection.IsWorthSaving);
    }

    private void Save(Func<LiveCollection, bool> isWanted)
    {
        foreach (var collection in _catalog.All.Where(isWanted))
        {
            if (_files.Save(collection.Id, collection.Index, Sequence))
            {
                collection.SavedSequence = Sequence;
            }

            // After a failure too: not every batch has to find out again that the disk is full.
            collection.ChangesSinceSave = 0;
        }
    }
}
