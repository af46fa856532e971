using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Engines;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>
/// Best-first search among the slots that a filter keeps: a neighbour that does not match is passed through, and its own
/// neighbours are looked at instead (ACORN-1, arXiv 2403.04871). Distances are computed for matching slots only.
/// </summary>
internal static unsafe class FilteredTraversal<TDistance>
    where TDistance : struct, IVectorDistance<TDistance>
{
    /// <summary>Nearest slots of the unfiltered graph from which the filtered search sets out.</summary>
    private const int Seeds = 32;

    /// <summary>Fills the scratch's pool with matching candidates, nearest first, and returns their number.</summary>
    public static int Search(TDistance distance, Generation generation, SearchScratch scratch, ulong start, in SearchPlan plan)
    {
        var level = new BaseLevel(generation);
        var seeds = stackalloc int[Seeds];
        var seedCount = Traversal<TDistance>.Search(distance, level, generation.Capacity, scratch, start, Seeds);
        for (var i = 0; i < seedCount; i++)
        {
            seeds[i] = Candidate.Slot(scratch.Pool[i]);
        }

        scratch.Visited.Clear(generation.Capacity);
        scratch.Passed.Clear(generation.Capacity);
        scratch.ReservePool(plan.Width);
        var pool = scratch.Pool;
        var size = 0;
        var batch = scratch.Visited.AddNew(seeds, seedCount, out var fresh);
        _ = Measure(distance, generation, plan, batch, fresh, pool, ref size);
        if (size < plan.Results)
        {
            for (var i = 0; i < seedCount; i++)
            {
                _ = Expand(distance, generation, scratch, plan, seeds[i], pool, ref size);
            }
        }

        for (var next = 0; next < size;)
        {
            var current = pool[next];
            if ((current & Candidate.Expanded) != 0)
            {
                next++;
                continue;
            }

            pool[next] = current | Candidate.Expanded;
            var first = Expand(distance, generation, scratch, plan, Candidate.Slot(current), pool, ref size);
            next = Math.Min(next + 1, first);
        }

        return size;
    }

    /// <summary>Measures the matching among a slot's neighbours and, where one does not match, among that one's.</summary>
    private static int Expand(
        TDistance distance, Generation generation, SearchScratch scratch, in SearchPlan plan, int slot, ulong* pool, ref int size)
    {
        var level = new BaseLevel(generation);
        var links = level.LinksOf(slot);
        var batch = scratch.Visited.AddNew(links, level.MostLinks, out var count);
        var lowest = Measure(distance, generation, plan, batch, count, pool, ref size);
        for (var i = 0; i < level.MostLinks && links[i] >= 0; i++)
        {
            CacheLines.Prefetch(level.LinksOf(links[i]), level.MostLinks * sizeof(int));
        }

        var through = scratch.Passed.AddNew(links, level.MostLinks, out var throughCount);
        for (var i = 0; i < throughCount; i++)
        {
            if (plan.Filter!.Matches(generation.Keys[through[i]]))
            {
                // Its own turn comes when it is the nearest.
                continue;
            }

            batch = scratch.Visited.AddNew(level.LinksOf(through[i]), level.MostLinks, out count);
            lowest = Math.Min(lowest, Measure(distance, generation, plan, batch, count, pool, ref size));
        }

        return lowest;
    }

    private static int Measure(
        TDistance distance, Generation generation, in SearchPlan plan, int* batch, int count, ulong* pool, ref int size)
    {
        var matching = 0;
        for (var i = 0; i < count; i++)
        {
            // In place: a slot that does not match stays marked as visited by its bit, its place in the batch is free.
            var slot = batch[i];
            if (plan.Filter!.Matches(generation.Keys[slot]))
            {
                (batch[matching], batch[i]) = (slot, batch[matching]);
                distance.Prefetch(slot);
                matching++;
            }
        }

        var lowest = int.MaxValue;
        for (var i = 0; i < matching; i++)
        {
            var candidate = Candidate.Pack(distance.To(batch[i]), batch[i]);
            if (size == plan.Width && Candidate.Order(candidate) >= Candidate.Order(pool[size - 1]))
            {
                continue;
            }

            lowest = Math.Min(lowest, Candidate.Insert(pool, size, candidate));
            size = Math.Min(size + 1, plan.Width);
        }

        return lowest;
    }
}
