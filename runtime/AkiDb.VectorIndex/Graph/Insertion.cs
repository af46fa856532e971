using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>Links a new slot into the graph (arXiv 1603.09320, algorithm 1), beside readers and other insertions.</summary>
internal sealed unsafe class Insertion<TDistance>(EntryPoint entry, SlotLocks locks, IndexOptions options)
    where TDistance : struct, IVectorDistance<TDistance>
{
    /// <summary>
    /// Links <paramref name="slot"/>, whose vector and code are stored. False when all that could be linked to is being
    /// deleted: the caller must let the repair finish and try again.
    /// </summary>
    public bool TryInsert(Generation generation, int slot, int level, SearchScratch scratch)
    {
        LinkLists.Clear(generation, slot, level);
        var start = entry.Read();
        if (start.Slot < 0)
        {
            if (entry.TrySetFirst(slot, level))
            {
                Volatile.Write(ref generation.Levels[slot], (byte)level);
                return true;
            }

            start = entry.Read();
        }

        var distance = TDistance.ForSlot(generation, slot);
        var nearest = Candidate.Pack(distance.To(start.Slot), start.Slot);
        nearest = Traversal<TDistance>.Descend(distance, generation, nearest, start.Level, level);
        for (var l = Math.Min(level, start.Level); l > 0; l--)
        {
            if (!TryLink(distance, new UpperLevel(generation, l), generation, slot, scratch, ref nearest))
            {
                return false;
            }
        }

        if (!TryLink(distance, new BaseLevel(generation), generation, slot, scratch, ref nearest))
        {
            return false;
        }

        Volatile.Write(ref generation.Levels[slot], (byte)level);
        entry.Raise(slot, level);
        return true;
    }

    private bool TryLink<TLevel>(
        TDistance distance, TLevel level, Generation generation, int slot, SearchScratch scratch, ref ulong nearest)
        where TLevel : struct, IGraphLevel
    {
        var size = Traversal<TDistance>.Search(distance, level, generation.Capacity, scratch, nearest, options.ConstructionWidth);
        nearest = scratch.Pool[0];
        var candidates = new Span<ulong>(scratch.Pool, size);
        var living = KeepLiving(candidates, generation, slot);
        if (living == 0)
        {
            return false;
        }

        living = KeepOneCopy(candidates[..living], distance.To(slot));
        var inDegrees = typeof(TLevel) == typeof(BaseLevel) ? generation.InDegrees : null;
        var chosen = stackalloc int[options.LinksPerNode];
        var count = NeighborSelection<TDistance>.Select(distance, candidates[..living], chosen, 0, options.LinksPerNode);
        locks.Enter(slot);
        for (var i = 0; i < count; i++)
        {
            // Added, not written over: insertions at the same time may have linked to this slot already.
            LinkLists.Add(distance, level.LinksOf(slot), level.MostLinks, chosen[i], inDegrees);
        }

        locks.Exit(slot);
        for (var i = 0; i < count; i++)
        {
            var neighbor = chosen[i];
            locks.Enter(neighbor);
            LinkLists.Add(TDistance.ForSlot(generation, neighbor), level.LinksOf(neighbor), level.MostLinks, slot, inDegrees);
            locks.Exit(neighbor);
        }

        return true;
    }

    /// <summary>
    /// Of stored copies of the new vector only the latest stays a candidate: copies then form a chain, each with links
    /// of its own to others, instead of crowding around the first one.
    /// </summary>
    private static int KeepOneCopy(Span<ulong> candidates, uint toItself)
    {
        var copies = 0;
        var latest = 0;
        while (copies < candidates.Length && Candidate.Order(candidates[copies]) == toItself)
        {
            latest = Candidate.Slot(candidates[copies]) > Candidate.Slot(candidates[latest]) ? copies : latest;
            copies++;
        }

        if (copies <= 1)
        {
            return candidates.Length;
        }

        candidates[0] = candidates[latest];
        candidates[copies..].CopyTo(candidates[1..]);
        return candidates.Length - copies + 1;
    }

    /// <summary>Moves candidates that are not being deleted to the front, in order.</summary>
    private static int KeepLiving(Span<ulong> candidates, Generation generation, int self)
    {
        var kept = 0;
        foreach (var candidate in candidates)
        {
            var slot = Candidate.Slot(candidate);
            if (slot != self && Volatile.Read(ref generation.Lifetimes[slot].Died) == Lifetime.Never)
            {
                candidates[kept++] = candidate & ~Candidate.Expanded;
            }
        }

        return kept;
    }
}
