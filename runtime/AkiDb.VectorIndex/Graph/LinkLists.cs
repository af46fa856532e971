using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>Reads and rewrites link lists. Callers hold the owner's lock, except for lists nobody can reach yet.</summary>
internal static unsafe class LinkLists
{
    /// <summary>Links in a list.</summary>
    public static int Count(int* links, int most)
    {
        var count = 0;
        while (count < most && links[count] >= 0)
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// Replaces a list. Readers may see any mixture of the old and the new one, which is harmless: both hold valid slots.
    /// </summary>
    public static void Write(int* links, int most, ReadOnlySpan<int> chosen)
    {
        for (var i = 0; i < most; i++)
        {
            // Release: a reader that finds a slot here also finds that slot's vector and own links.
            Volatile.Write(ref links[i], i < chosen.Length ? chosen[i] : Generation.NoLink);
        }
    }

    /// <summary>Marks every list of a slot as empty and as led to by nobody.</summary>
    public static void Clear(Generation generation, int slot, int level)
    {
        for (var i = 0; i <= level; i++)
        {
            var most = i == 0 ? generation.Shape.BaseLinks : generation.Shape.UpperLinks;
            new Span<int>(generation.LinksOf(slot, i), most).Fill(Generation.NoLink);
        }

        generation.InDegrees[slot] = 0;
    }

    /// <summary>
    /// Adds a link from the owner of the list to <paramref name="target"/>, choosing anew when the list is full.
    /// <paramref name="inDegrees"/> is null above the base level, where a lost slot is still found from below.
    /// </summary>
    public static void Add<TDistance>(TDistance fromOwner, int* links, int most, int target, int* inDegrees)
        where TDistance : struct, IVectorDistance<TDistance>
    {
        var count = Count(links, most);
        if (new ReadOnlySpan<int>(links, count).Contains(target))
        {
            return;
        }

        if (inDegrees is not null)
        {
            Interlocked.Increment(ref inDegrees[target]);
        }

        if (count < most)
        {
            Volatile.Write(ref links[count], target);
            return;
        }

        for (var i = 0; i < most; i++)
        {
            fromOwner.Prefetch(links[i]);
        }

        var candidates = stackalloc ulong[most + 1];
        for (var i = 0; i < most; i++)
        {
            candidates[i] = Candidate.Pack(fromOwner.To(links[i]), links[i]);
        }

        candidates[most] = Candidate.Pack(fromOwner.To(target), target);
        var sorted = new Span<ulong>(candidates, most + 1);
        sorted.Sort();
        var chosen = stackalloc int[most];
        var kept = NeighborSelection<TDistance>.Select(fromOwner, sorted, chosen, 0, most);
        if (inDegrees is not null)
        {
            kept = KeepLastLinks(sorted, chosen, kept, most, inDegrees);
        }

        Write(links, most, new ReadOnlySpan<int>(chosen, kept));
    }

    /// <summary>
    /// Counts down what was not chosen, and keeps it after all where this list is the last that leads to it: without
    /// that, one vector in some thousands can never be found again, whatever ef.
    /// </summary>
    private static int KeepLastLinks(ReadOnlySpan<ulong> sorted, int* chosen, int kept, int most, int* inDegrees)
    {
        // Chosen stands in the order of sorted: one pass finds what was left out.
        var place = 0;
        var chosenByHeuristic = kept;
        foreach (var candidate in sorted)
        {
            var slot = Candidate.Slot(candidate);
            if (place < chosenByHeuristic && chosen[place] == slot)
            {
                place++;
            }
            else if (Interlocked.Decrement(ref inDegrees[slot]) == 0 && kept < most)
            {
                Interlocked.Increment(ref inDegrees[slot]);
                chosen[kept++] = slot;
            }
        }

        return kept;
    }
}
