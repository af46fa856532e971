using AkiDb.VectorIndex.Engines;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex;

/// <summary>
/// Changes the index. Writers run beside each other and beside readers; only growth, training and saving shut other
/// writers (never readers) out for a moment.
/// </summary>
#pragma warning disable CA1001 // The gate holds nothing while no thread waits, and disposing of it under a waiting thread throws.
internal sealed unsafe class IndexWriter(
    IndexOptions options, IndexEngine engine, GenerationKeeper keeper, KeyLedger ledger, ReaderEpochs epochs, ScratchPool scratches)
#pragma warning restore CA1001
{
    private readonly ReaderWriterLockSlim _gate = new(LockRecursionPolicy.NoRecursion);
    private readonly SlotReclamation _reclamation = new(epochs);

    /// <summary>Dead slots that are still linked, and slots unlinked so far.</summary>
    public (int Waiting, long Unlinked) Tombstones => (_reclamation.Tombstones, _reclamation.Unlinked);

    /// <summary>Stores a vector; false, without a change, when the key exists and <paramref name="mustBeNew"/> is set.</summary>
    public bool Store(ulong key, ReadOnlySpan<float> vector, bool mustBeNew)
    {
        var scratch = scratches.Rent();
        try
        {
            InputVector.Prepare(vector, options, scratch.Query, nameof(vector));
            var level = options.Structure == IndexStructure.Flat ? 0 : LevelDraw.For(key, options.Seed, options.LinksPerNode);
            var slot = EnterWithSlot(level, scratch);
            try
            {
                keeper.Store(keeper.Current, slot, key, scratch.Query);
                Link(slot, level, scratch);
                return Publish(slot, mustBeNew);
            }
            finally
            {
                _gate.ExitReadLock();
            }
        }
        finally
        {
            scratches.Return(scratch);
        }
    }

    /// <summary>Deletes a key; false when it does not exist.</summary>
    public bool Delete(ulong key)
    {
        _gate.EnterReadLock();
        try
        {
            var slot = ledger.Remove(key);
            if (slot < 0)
            {
                return false;
            }

            Bury(slot);
            return true;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Runs <paramref name="action"/> with every other writer shut out.</summary>
    public void Exclusively(Action action)
    {
        _gate.EnterWriteLock();
        try
        {
            action();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Unlinks every dead slot and frees it. Callers are exclusive.</summary>
    public void FinishRepairs() => _reclamation.Finish(Unlink, keeper.Return);

    /// <summary>Enters as one writer among others, with a slot in hand and codes that are fit to use.</summary>
    private int EnterWithSlot(int level, SearchScratch scratch)
    {
        while (true)
        {
            _gate.EnterReadLock();
            bool mustTrain;
            Generation seen;
            var staysInside = false;
            try
            {
                seen = keeper.Current;
                mustTrain = keeper.WantsTraining(ledger.Count);
                if (!mustTrain && keeper.TryTake(level, out var slot))
                {
                    staysInside = true;
                    return slot;
                }
            }
            finally
            {
                if (!staysInside)
                {
                    _gate.ExitReadLock();
                }
            }

            Exclusively(() =>
            {
                // Another writer may have done it in between.
                if (mustTrain && keeper.WantsTraining(ledger.Count))
                {
                    keeper.Train(TrainingSample.FromSlots(keeper, scratch.Query), ledger.Count);
                }
                else if (!mustTrain && keeper.Current == seen)
                {
                    keeper.Double();
                }
            });
        }
    }

    private void Link(int slot, int level, SearchScratch scratch)
    {
        while (true)
        {
            epochs.Enter(scratch.Pin);
            bool isLinked;
            try
            {
                isLinked = engine.TryInsert(keeper.Current, slot, level, scratch);
            }
            finally
            {
                ReaderEpochs.Leave(scratch.Pin);
            }

            if (isLinked)
            {
                return;
            }

            // All neighbours are dead. Once they are unlinked the graph has a living entry, or none at all.
            _gate.ExitReadLock();
            try
            {
                Exclusively(FinishRepairs);
            }
            finally
            {
                _gate.EnterReadLock();
            }
        }
    }

    private bool Publish(int slot, bool mustBeNew)
    {
        if (!ledger.TryPublish(slot, mustBeNew, out var replaced))
        {
            // Linked for nothing: it was never visible, and becomes an ordinary dead slot.
            Volatile.Write(ref keeper.Current.Lifetimes[slot].Died, 0);
            Bury(slot);
            return false;
        }

        if (replaced >= 0)
        {
            Bury(replaced);
        }

        return true;
    }

    private void Bury(int slot)
    {
        _reclamation.Add(slot);
        _reclamation.Advance(ledger.Count, Unlink, keeper.Return);
    }

    private void Unlink(IReadOnlyList<int> dead) => engine.Unlink(keeper.Current, keeper.Slots, dead);
}
