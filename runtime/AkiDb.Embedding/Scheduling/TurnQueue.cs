namespace AkiDb.Embedding.Scheduling;

/// <summary>
/// Callers take turns, a batch each: a query of one text waits for at most one batch a thread, also while somebody else embeds ten
/// thousand documents. A batch is filled up with other callers' texts of about the same length; it never waits for them.
/// </summary>
/// <param name="threads">Threads that take batches.</param>
/// <param name="isShared">False if a text must run alone.</param>
internal sealed class TurnQueue(int threads, bool isShared) : IDisposable
{
    /// <summary>
    /// Most tokens of a batch: about one text of the greatest length. Larger batches gain little (`akidb bench embed` prints how
    /// much) and keep a short query waiting longer.
    /// </summary>
    private const int LargestBatch = 128;

    /// <summary>Fewer tokens are not worth spreading over idle threads.</summary>
    private const int SmallestShare = 24;

    /// <summary>How many callers a batch looks at for texts of its length.</summary>
    private const int Reach = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<PendingTexts> _callers = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private bool _isClosed;

    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Enqueue(PendingTexts texts)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(ITextEmbedder));
            _callers.AddLast(texts);
        }

        _arrivals.Release();
    }

    /// <summary>Waits for a batch; null once the queue is closed.</summary>
    public TextBatch? Take()
    {
        while (true)
        {
            _arrivals.Wait();
            lock (_lock)
            {
                if (_isClosed)
                {
                    // Passes the word on to the next thread that waits.
                    _arrivals.Release();
                    return null;
                }

                TextBatch batch = Fill();
                if (_callers.Count > 0)
                {
                    // Somebody still has texts; another thread may take them.
                    _arrivals.Release();
                }

                if (batch.Texts.Count > 0)
                {
                    return batch;
                }
            }
        }
    }

    /// <summary>Ends every wait; callers that still wait fail.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (PendingTexts caller in _callers)
            {
                caller.Fail(new ObjectDisposedException(nameof(ITextEmbedder)));
            }

            _callers.Clear();
        }

        _arrivals.Release();
    }

    /// <summary>Only after every thread has left <see cref="Take"/>.</summary>
    public void Dispose() => _arrivals.Dispose();

    private TextBatch Fill()
    {
        PendingTexts[] near = [.. _callers.Take(Reach)];
        int share = near.Sum(caller => caller.WaitingTokens) / threads;
        var batch = new TextBatch(isShared ? Math.Clamp(share, SmallestShare, LargestBatch) : 0);
        foreach (PendingTexts caller in near)
        {
            bool isItsTurn = batch.Texts.Count == 0;
            while (!caller.IsTaken && batch.HasRoomFor(caller.NextLength))
            {
                batch.Add(caller);
            }

            if (caller.IsTaken || isItsTurn)
            {
                _callers.Remove(caller);
            }

            if (!caller.IsTaken && isItsTurn)
            {
                _callers.AddLast(caller);
            }
        }

        return batch;
    }
}
