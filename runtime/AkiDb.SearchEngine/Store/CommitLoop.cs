using System.Collections.Concurrent;
using System.Diagnostics;
using AkiDb.SearchEngine.Observability;
using Microsoft.Data.Sqlite;

namespace AkiDb.SearchEngine.Store;

/// <summary>
/// The one thread that writes. It takes all requests that wait, commits them with one flush of the disk, and hands them on to be
/// indexed: the more write at once, the less each flush costs.
/// </summary>
internal sealed class CommitLoop : IDisposable
{
    // Rows of one transaction: a commit of about 10 to 50 ms, so that nobody behind it waits long.
    private const int MaximumWeight = 2_000;
    private const int MaximumWaiting = 1_024;

    private readonly BlockingCollection<WriteJob> _jobs = new(MaximumWaiting);
    private readonly SqliteConnection _connection;
    private readonly Action<CommittedBatch> _committed;
    private readonly StoreMetrics _metrics;
    private readonly Thread _thread;

    /// <param name="connection">Connection of this thread only.</param>
    /// <param name="committed">Takes each batch, in order, on this thread.</param>
    /// <param name="metrics">Where commits are counted.</param>
    public CommitLoop(SqliteConnection connection, Action<CommittedBatch> committed, StoreMetrics metrics)
    {
        (_connection, _committed, _metrics) = (connection, committed, metrics);
        Transaction = new WriteTransaction(connection);
        _thread = new Thread(Run) { IsBackground = true, Name = "commit" };
        _thread.Start();
    }

    /// <summary>The thread's transaction.</summary>
    private WriteTransaction Transaction { get; }

    /// <summary>Queues a write and waits until it is durable and searchable. Whoever stops waiting does not take the write back.</summary>
    /// <exception cref="WriteRefusedException">It changed nothing, and why.</exception>
    /// <exception cref="StoreException">The disk did not take it.</exception>
    public Task<WriteResult> SubmitAsync(WriteJob job, CancellationToken cancellation)
    {
        try
        {
            _jobs.Add(job, cancellation);
        }
        catch (InvalidOperationException)
        {
            throw new WriteRefusedException(WriteRefusal.Stopping, "The service is stopping.");
        }

        return job.Done.WaitAsync(cancellation);
    }

    /// <summary>Commits what waits, then ends.</summary>
    public void Dispose()
    {
        if (_jobs.IsAddingCompleted)
        {
            return;
        }

        _jobs.CompleteAdding();
        _thread.Join();
        Transaction.Dispose();
        _connection.Dispose();
        _jobs.Dispose();
    }

    private void Run()
    {
        var batch = new List<WriteJob>();
        while (_jobs.TryTake(out var first, Timeout.Infinite))
        {
            batch.Clear();
            batch.Add(first);
            var weight = first.Weight;
            while (weight < MaximumWeight && _jobs.TryTake(out var next))
            {
                batch.Add(next);
                weight += next.Weight;
            }

            Commit(batch);
        }
    }

    private void Commit(List<WriteJob> batch)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = EngineTracing.StartCommit(batch);
        var good = new List<WriteJob>(batch.Count);
        CommittedBatch committed;
        try
        {
            Transaction.Begin();
            foreach (var job in batch)
            {
                try
                {
                    job.Result = Transaction.Run(job);
                    good.Add(job);
                }
                catch (WriteRefusedException e)
                {
                    job.Fail(e);
                }
            }

            committed = Transaction.Commit(good);
        }
        catch (Exception e)
        {
            Transaction.Rollback();
            var failure = new StoreException($"The store could not write: {e.Message}", e);
            batch.ForEach(job => job.Fail(failure));
            return;
        }

        span?.Stop();
        _metrics.CountCommit(Stopwatch.GetElapsedTime(started), good.Count);
        _committed(committed);
    }
}
