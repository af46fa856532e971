using AkiDb.VectorIndex.Distances;

namespace AkiDb.VectorIndex.Graph;

/// <summary>
/// The selection heuristic of HNSW (arXiv 1603.09320, algorithm 4): a candidate becomes a link only if it is nearer to
/// the owner than to every link chosen before. That keeps links in all directions instead of all in one cluster.
/// </summary>
internal static unsafe class NeighborSelection<TDistance>
    where TDistance : struct, IVectorDistance<TDistance>
{
    /// <summary>
    /// Chooses from candidates sorted by distance to the owner and appends them to <paramref name="chosen"/>, which
    /// already holds <paramref name="already"/> links; returns the new number, at most <paramref name="most"/>.
    /// </summary>
    public static int Select(TDistance distance, ReadOnlySpan<ulong> sorted, int* chosen, int already, int most)
    {
        var count = already;
        for (var i = 0; i < sorted.Length && count < most; i++)
        {
            var slot = Candidate.Slot(sorted[i]);
            var order = Candidate.Order(sorted[i]);
            if (IsDiverse(distance, slot, order, chosen, count))
            {
                chosen[count++] = slot;
            }
        }

        return count;
    }

    private static bool IsDiverse(TDistance distance, int slot, uint order, int* chosen, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (distance.Between(slot, chosen[i]) < order)
            {
                return false;
            }
        }

        return true;
    }
}
