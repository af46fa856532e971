using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>
/// Takes a batch of dead slots out of the graph. Whoever linked to a dead slot gets, in its place, the best of the dead
/// slot's own neighbours (the consolidation of FreshDiskANN, arXiv 2105.09613, on every level), and whoever loses its last
/// incoming link gets one from its neighbours.
/// </summary>
internal sealed unsafe class GraphRepair<TDistance>(SlotLocks locks, VectorShape shape)
    where TDistance : struct, IVectorDistance<TDistance>
{
    /// <summary>
    /// Removes every link to <paramref name="leaving"/> among the first <paramref name="slots"/> slots. No insertion
    /// that began before the slots died may still run.
    /// </summary>
    public void Unlink(Generation generation, int slots, SlotSet leaving, IReadOnlyList<int> dead)
    {
        for (var slot = 0; slot < slots; slot++)
        {
            var top = Volatile.Read(ref generation.Levels[slot]);
            if (top == Generation.NotLinked || leaving.Contains(slot))
            {
                continue;
            }

            for (var level = 0; level <= top; level++)
            {
                Mend(generation, slot, level, leaving);
            }
        }

        foreach (var slot in dead)
        {
            Reconnect(generation, slot, leaving);
        }
    }

    private int MostLinks(int level) => level == 0 ? shape.BaseLinks : shape.UpperLinks;

    private void Mend(Generation generation, int owner, int level, SlotSet leaving)
    {
        var most = MostLinks(level);
        var links = generation.LinksOf(owner, level);
        if (!LeadsTo(leaving, links, most))
        {
            return;
        }

        locks.Enter(owner);
        var chosen = stackalloc int[most];
        var kept = 0;
        var lost = stackalloc int[most];
        var lostCount = 0;
        for (var i = 0; i < most && links[i] >= 0; i++)
        {
            if (leaving.Contains(links[i]))
            {
                lost[lostCount++] = links[i];
            }
            else
            {
                chosen[kept++] = links[i];
            }
        }

        var survivors = kept;
        var fromOwner = TDistance.ForSlot(generation, owner);
        for (var i = 0; i < lostCount; i++)
        {
            kept = Inherit(fromOwner, generation.LinksOf(lost[i], level), leaving, owner, chosen, kept, most);
        }

        if (level == 0)
        {
            for (var i = survivors; i < kept; i++)
            {
                Interlocked.Increment(ref generation.InDegrees[chosen[i]]);
            }
        }

        LinkLists.Write(links, most, new ReadOnlySpan<int>(chosen, kept));
        locks.Exit(owner);
    }

    private static bool LeadsTo(SlotSet leaving, int* links, int most)
    {
        for (var i = 0; i < most && links[i] >= 0; i++)
        {
            if (leaving.Contains(links[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static int Inherit(TDistance fromOwner, int* bequest, SlotSet leaving, int owner, int* chosen, int kept, int most)
    {
        var candidates = stackalloc ulong[most];
        var count = 0;
        for (var i = 0; i < most && bequest[i] >= 0; i++)
        {
            var heir = bequest[i];
            if (heir != owner && !leaving.Contains(heir) && !new ReadOnlySpan<int>(chosen, kept).Contains(heir))
            {
                candidates[count++] = Candidate.Pack(fromOwner.To(heir), heir);
            }
        }

        var sorted = new Span<ulong>(candidates, count);
        sorted.Sort();
        return NeighborSelection<TDistance>.Select(fromOwner, sorted, chosen, kept, most);
    }

    private void Reconnect(Generation generation, int dead, SlotSet leaving)
    {
        var links = generation.LinksOf(dead, 0);
        for (var i = 0; i < shape.BaseLinks && links[i] >= 0; i++)
        {
            if (Interlocked.Decrement(ref generation.InDegrees[links[i]]) <= 0 && !leaving.Contains(links[i]))
            {
                Adopt(generation, links[i], leaving);
            }
        }
    }

    /// <summary>Asks the orphan's neighbours, the nearest first, until one keeps a link to it.</summary>
    private void Adopt(Generation generation, int orphan, SlotSet leaving)
    {
        var most = shape.BaseLinks;
        var fromOrphan = TDistance.ForSlot(generation, orphan);
        var neighbors = stackalloc ulong[most];
        var count = 0;
        var links = generation.LinksOf(orphan, 0);
        for (var i = 0; i < most && links[i] >= 0; i++)
        {
            neighbors[count++] = Candidate.Pack(fromOrphan.To(links[i]), links[i]);
        }

        var sorted = new Span<ulong>(neighbors, count);
        sorted.Sort();
        for (var i = 0; i < count && Volatile.Read(ref generation.InDegrees[orphan]) <= 0; i++)
        {
            var giver = Candidate.Slot(sorted[i]);
            if (!leaving.Contains(giver))
            {
                locks.Enter(giver);
                LinkLists.Add(
                    TDistance.ForSlot(generation, giver), generation.LinksOf(giver, 0), most, orphan, generation.InDegrees);
                locks.Exit(giver);
            }
        }
    }
}
