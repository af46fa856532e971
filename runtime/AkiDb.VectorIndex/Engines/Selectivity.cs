using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Engines;

/// <summary>Estimates what share of the vectors a filter keeps, and from it which search is cheapest.</summary>
internal static unsafe class Selectivity
{
    private const int FirstSample = 64;
    private const int LargeSample = 1024;

    /// <summary>
    /// Survivors below this share of ef are cheaper to scan for than to reach through the graph; measured, see
    /// docs/vector-index.md ("Filters").
    /// </summary>
    private const double ScanFactor = 24;

    /// <summary>Above this share, neighbours that do not match are so few that simply keeping more candidates wins.</summary>
    private const double WiderPoolShare = 0.5;

    /// <summary>Estimated share of the living vectors that match, 0 to 1.</summary>
    public static double Estimate(Generation generation, in SearchPlan plan)
    {
        var bound = plan.Filter!.MaximumMatches is { } most ? Math.Min(1, most / (double)plan.Living) : 1;
        if (bound * plan.Living <= plan.Width)
        {
            return bound;
        }

        var share = Sample(generation, plan, FirstSample);
        return Math.Min(bound, share >= 0.25 ? share : Sample(generation, plan, LargeSample));
    }

    /// <summary>Whether measuring every survivor is cheaper than traversing.</summary>
    public static bool FavoursScan(in SearchPlan plan, double share) =>
        share * plan.Living <= ScanFactor * plan.Width;

    /// <summary>Whether to traverse as without a filter, with a pool wide enough for ef survivors.</summary>
    public static bool FavoursWiderPool(in SearchPlan plan, double share, out int width)
    {
        width = (int)Math.Min(SearchLimits.MaximumWidth, Math.Ceiling(plan.Width / Math.Max(share, 0.01) * 1.1));
        return share >= WiderPoolShare;
    }

    private static double Sample(Generation generation, in SearchPlan plan, int size)
    {
        // An odd stride near the golden section of the range: even coverage whatever order the keys came in.
        var stride = (uint)(plan.Slots * 0.618_033_988_7) | 1;
        var slot = 0u;
        int seen = 0, kept = 0;
        for (var i = 0; i < size; i++)
        {
            slot = (slot + stride) % (uint)plan.Slots;
            if (generation.Lifetimes[slot].IsVisibleAt(plan.Version))
            {
                seen++;
                kept += plan.Filter!.Matches(generation.Keys[slot]) ? 1 : 0;
            }
        }

        return seen == 0 ? 0 : kept / (double)seen;
    }
}
