using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Engines;

/// <summary>Exact distances on the full vectors: flat search, filters that keep little, re-ranking.</summary>
internal static unsafe class ExactScan<TKernel>
    where TKernel : struct, IFloatKernel
{
    private const int PrefetchAhead = 4;

    /// <summary>Measures every visible slot that the filter keeps.</summary>
    public static int All(Generation generation, SearchScratch scratch, in SearchPlan plan)
    {
        scratch.ReserveFound(plan.Results);
        var distance = FloatDistance<TKernel>.ForQuery(generation, scratch);
        var filter = plan.Filter;
        var size = 0;
        for (var slot = 0; slot < plan.Slots; slot++)
        {
            if (generation.Lifetimes[slot].IsVisibleAt(plan.Version)
                && (filter is null || filter.Matches(generation.Keys[slot])))
            {
                Keep(scratch.Found, ref size, plan.Results, Candidate.Pack(distance.To(slot), slot));
            }
        }

        return size;
    }

    /// <summary>Measures the listed slots that are visible; the caller has applied the filter.</summary>
    public static int Listed(Generation generation, SearchScratch scratch, in SearchPlan plan, ReadOnlySpan<int> slots)
    {
        scratch.ReserveFound(plan.Results);
        var distance = FloatDistance<TKernel>.ForQuery(generation, scratch);
        var size = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            if (i + PrefetchAhead < slots.Length)
            {
                distance.Prefetch(slots[i + PrefetchAhead]);
            }

            if (generation.Lifetimes[slots[i]].IsVisibleAt(plan.Version))
            {
                Keep(scratch.Found, ref size, plan.Results, Candidate.Pack(distance.To(slots[i]), slots[i]));
            }
        }

        return size;
    }

    /// <summary>
    /// Replaces the orders of <paramref name="count"/> results by exact ones, sorts, and keeps the nearest k.
    /// </summary>
    public static int Rerank(Generation generation, SearchScratch scratch, int count, int results)
    {
        var distance = FloatDistance<TKernel>.ForQuery(generation, scratch);
        var found = scratch.Found;
        for (var i = 0; i < Math.Min(PrefetchAhead, count); i++)
        {
            distance.Prefetch(Candidate.Slot(found[i]));
        }

        for (var i = 0; i < count; i++)
        {
            if (i + PrefetchAhead < count)
            {
                distance.Prefetch(Candidate.Slot(found[i + PrefetchAhead]));
            }

            var slot = Candidate.Slot(found[i]);
            found[i] = Candidate.Pack(distance.To(slot), slot);
        }

        new Span<ulong>(found, count).Sort();
        return Math.Min(count, results);
    }

    private static void Keep(ulong* found, ref int size, int most, ulong candidate)
    {
        if (size == most && candidate >= found[size - 1])
        {
            return;
        }

        Candidate.Insert(found, size, candidate);
        size = Math.Min(size + 1, most);
    }
}
