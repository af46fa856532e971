using System.Runtime.CompilerServices;
using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>
/// Best-first search. Takes no locks: a list may change while it is read, but every number in it is a slot whose
/// vector stays readable until this reader leaves its epoch.
/// </summary>
internal static unsafe class Traversal<TDistance>
    where TDistance : struct, IVectorDistance<TDistance>
{
    /// <summary>
    /// Walks from <paramref name="start"/> down to <paramref name="bottom"/>, moving to the nearest neighbour while it is nearer.
    /// </summary>
    public static ulong Descend(TDistance distance, Generation generation, ulong start, int top, int bottom)
    {
        var best = start;
        for (var level = top; level > bottom; level--)
        {
            var links = new UpperLevel(generation, level);
            while (true)
            {
                var next = Nearest(distance, links.LinksOf(Candidate.Slot(best)), links.MostLinks, best);
                if (next == best)
                {
                    break;
                }

                best = next;
            }
        }

        return best;
    }

    /// <summary>
    /// Finds the nearest slots on one level. The pool of <paramref name="scratch"/> then holds the returned number of
    /// candidates, nearest first, at most <paramref name="width"/> (ef in the paper).
    /// </summary>
    public static int Search<TLevel>(
        TDistance distance, TLevel level, int capacity, SearchScratch scratch, ulong start, int width)
        where TLevel : struct, IGraphLevel
    {
        var visited = scratch.Visited;
        visited.Clear(capacity);
        visited.Add(Candidate.Slot(start));
        scratch.ReservePool(width);
        var pool = scratch.Pool;
        pool[0] = start & ~Candidate.Expanded;
        var size = 1;
        // One array is both the queue and the result: candidates before `next` are all expanded.
        for (var next = 0; next < size;)
        {
            var current = pool[next];
            if ((current & Candidate.Expanded) != 0)
            {
                next++;
                continue;
            }

            pool[next] = current | Candidate.Expanded;
            var batch = visited.AddNew(level.LinksOf(Candidate.Slot(current)), level.MostLinks, out var count);
            var first = Measure(distance, level, batch, count, pool, ref size, width);
            next = Math.Min(next + 1, first);
        }

        return size;
    }

    /// <summary>Measures a batch and puts what is near enough into the pool; returns the lowest place that changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Measure<TLevel>(
        TDistance distance, TLevel level, int* batch, int count, ulong* pool, ref int size, int width)
        where TLevel : struct, IGraphLevel
    {
        var ahead = TDistance.PrefetchAhead;
        for (var i = 0; i < Math.Min(count, ahead); i++)
        {
            distance.Prefetch(batch[i]);
        }

        var held = size;
        var worst = held == width ? Candidate.Order(pool[width - 1]) : uint.MaxValue;
        var lowest = int.MaxValue;
        for (var i = 0; i < count; i++)
        {
            if (i + ahead < count)
            {
                distance.Prefetch(batch[i + ahead]);
            }

            var slot = batch[i];
            var order = distance.To(slot);
            if (order >= worst && held == width)
            {
                continue;
            }

            // It may be expanded soon.
            CacheLines.Prefetch(level.LinksOf(slot), level.MostLinks * sizeof(int));
            var place = Candidate.Insert(pool, held, Candidate.Pack(order, slot));
            lowest = Math.Min(lowest, place);
            held = Math.Min(held + 1, width);
            if (held == width)
            {
                worst = Candidate.Order(pool[width - 1]);
            }
        }

        size = held;
        return lowest;
    }

    private static ulong Nearest(TDistance distance, int* links, int most, ulong best)
    {
        for (var i = 0; i < most && links[i] >= 0; i++)
        {
            distance.Prefetch(links[i]);
        }

        for (var i = 0; i < most; i++)
        {
            var slot = links[i];
            if (slot < 0)
            {
                break;
            }

            var order = distance.To(slot);
            if (order < Candidate.Order(best))
            {
                best = Candidate.Pack(order, slot);
            }
        }

        return best;
    }
}
