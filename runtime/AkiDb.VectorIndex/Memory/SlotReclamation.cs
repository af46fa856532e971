namespace AkiDb.VectorIndex.Memory;

/// <summary>
/// The way of a dead slot back to use: dead → (every reader that may return it has left) → unlinked from the graph →
/// (every reader that may stand on it has left) → free. Work is done by whichever writer comes along; nobody waits
/// unless asked to finish.
/// </summary>
internal sealed class SlotReclamation(ReaderEpochs epochs)
{
    /// <summary>Largest batch: bounds how long the writer that does the work is held up.</summary>
    private const int LargestBatch = 1024;

    /// <summary>A batch is started when one vector in so many is dead (at most; small indexes start at once).</summary>
    private const int LivingPerDead = 64;

    private readonly Lock _work = new();
    private readonly Lock _queue = new();
    private List<int> _dead = [];
    private (List<int> Slots, long Epoch)? _awaitingUnlink;
    private (List<int> Slots, long Epoch)? _awaitingReuse;
    private int _waiting;
    private long _unlinked;

    /// <summary>Slots that are dead but still linked.</summary>
    public int Tombstones => Volatile.Read(ref _waiting);

    /// <summary>Slots unlinked so far.</summary>
    public long Unlinked => Interlocked.Read(ref _unlinked);

    /// <summary>Notes that a slot died (its commit is published).</summary>
    public void Add(int slot)
    {
        lock (_queue)
        {
            _dead.Add(slot);
            Volatile.Write(ref _waiting, _waiting + 1);
        }
    }

    /// <summary>Does what can be done without waiting, unless another writer is at it. The caller must not be pinned.</summary>
    public void Advance(int living, Action<IReadOnlyList<int>> unlink, Action<IReadOnlyList<int>> free)
    {
        var isDue = IsDue(living);
        if ((!isDue && _awaitingReuse is null) || !_work.TryEnter())
        {
            return;
        }

        try
        {
            // Asked again: another writer may have taken the batch. A batch costs a pass over all link lists, so few
            // dead slots must not start one.
            Step(IsDue(living) ? LargestBatch : 0, unlink, free, canWait: false);
        }
        finally
        {
            _work.Exit();
        }
    }

    /// <summary>Brings every dead slot back to use; waits for readers. No other writer may be active.</summary>
    public void Finish(Action<IReadOnlyList<int>> unlink, Action<IReadOnlyList<int>> free)
    {
        lock (_work)
        {
            while (Tombstones > 0 || _awaitingReuse is not null)
            {
                Step(int.MaxValue, unlink, free, canWait: true);
            }
        }
    }

    private bool IsDue(int living) => Volatile.Read(ref _waiting) > Math.Min(living / LivingPerDead, LargestBatch);

    private void Step(int most, Action<IReadOnlyList<int>> unlink, Action<IReadOnlyList<int>> free, bool canWait)
    {
        FreeUnlinked(free, canWait);
        if (most > 0 && _awaitingUnlink is null && TakeBatch(most) is { Count: > 0 } batch)
        {
            _awaitingUnlink = (batch, epochs.Advance());
        }

        if (_awaitingReuse is null && _awaitingUnlink is { } leaving && Passed(leaving.Epoch, canWait))
        {
            unlink(leaving.Slots);
            Interlocked.Add(ref _unlinked, leaving.Slots.Count);
            lock (_queue)
            {
                Volatile.Write(ref _waiting, _waiting - leaving.Slots.Count);
            }

            _awaitingUnlink = null;
            _awaitingReuse = (leaving.Slots, epochs.Advance());
            FreeUnlinked(free, canWait);
        }
    }

    private void FreeUnlinked(Action<IReadOnlyList<int>> free, bool canWait)
    {
        if (_awaitingReuse is { } reuse && Passed(reuse.Epoch, canWait))
        {
            free(reuse.Slots);
            _awaitingReuse = null;
        }
    }

    private bool Passed(long epoch, bool canWait)
    {
        if (canWait)
        {
            epochs.WaitFor(epoch);
            return true;
        }

        return epochs.HasPassed(epoch);
    }

    private List<int> TakeBatch(int most)
    {
        lock (_queue)
        {
            var batch = _dead;
            if (batch.Count <= most)
            {
                _dead = [];
                return batch;
            }

            batch = _dead[..most];
            _dead.RemoveRange(0, most);
            return batch;
        }
    }
}
