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

    /// <summary>Marks every list of a slot as empty.</summary>
    public static void Clear(Generation generation, int slot, int level)
    {
        for (var i = 0; i <= level; i++)
        {
            var most = i == 0 ? generation.Shape.BaseLinks : generation.Shape.UpperLinks;
            new Span<int>(generation.LinksOf(slot, i), most).Fill(Generation.NoLink);
        }
    }

    /// <summary>Adds a link from the owner of the list to <paramref name="target"/>, choosing anew when the list is full.</summary>
    public static void Add<TDistance>(TDistance fromOwner, int* links, int most, int target)
        where TDistance : struct, IVectorDistance<TDistance>
    {
        var count = Count(links, most);
        if (new ReadOnlySpan<int>(links, count).Contains(target))
        {
            return;
        }

        if (count < most)
        {
            Volatile.Write(ref links[count], target);
            return;
        }

        var candidates = stackalloc ulong[most + 1];
        for (var i = 0; i < most; i++)
        {
            fromOwner.Prefetch(links[i]);
        }

        for (var i = 0; i < most; i++)
        {
            candidates[i] = Candidate.Pack(fromOwner.To(links[i]), links[i]);
        }

        candidates[most] = Candidate.Pack(fromOwner.To(target), target);
        var sorted = new Span<ulong>(candidates, most + 1);
        sorted.Sort();
        var chosen = stackalloc int[most];
        var kept = NeighborSelection<TDistance>.Select(fromOwner, sorted, chosen, 0, most);
        Write(links, most, new ReadOnlySpan<int>(chosen, kept));
    }
}
