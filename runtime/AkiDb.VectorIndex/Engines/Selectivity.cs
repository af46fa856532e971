using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Engines;

/// <summary>Estimates what share of the vectors a filter keeps, and from it which search is cheapest.</summary>
internal static unsafe class Selectivity
{
    private const int FirstSample = 64;
    private const int LargeSample = 1024;

    // Measured (docs/vector-index.md, "Filters"; reprint with `bench index --set filters`).

    /// <summary>Up to so many survivors for each candidate kept, measuring all of them is as fast as the graph.</summary>
    private const double ScanFactor = 16;

    /// <summary>Below this share the neighbours' neighbours hold too few matches to walk on: recall falls under 0.98.</summary>
    private const double SmallestWalkableShare = 0.03;

    /// <summary>Above this share so few neighbours fail that simply keeping more candidates is faster.</summary>
    private const double WiderPoolShare = 0.25;

    /// <summary>The cheapest way to honour the filter, and the pool's width for <see cref="FilterStrategy.WiderPool"/>.</summary>
    public static FilterStrategy Choose(Generation generation, in SearchPlan plan, out int width)
    {
        var share = Estimate(generation, plan);
        // A tenth more than ef survivors are expected to need: the share is an estimate.
        width = (int)Math.Min(SearchLimits.MaximumWidth, Math.Ceiling(plan.Width / Math.Max(share, 0.001) * 1.1));
        if (plan.Strategy != FilterStrategy.Estimated)
        {
            return plan.Strategy;
        }

        if (share < SmallestWalkableShare || share * plan.Living <= ScanFactor * plan.Width)
        {
            return FilterStrategy.Scan;
        }

        return share >= WiderPoolShare ? FilterStrategy.WiderPool : FilterStrategy.PassThrough;
    }

    /// <summary>Estimated share of the living vectors that match, 0 to 1.</summary>
    private static double Estimate(Generation generation, in SearchPlan plan)
    {
        var bound = plan.Filter!.MaximumMatches is { } most ? Math.Min(1, most / (double)plan.Living) : 1;
        if (bound * plan.Living <= plan.Width)
        {
            return bound;
        }

        var share = Sample(generation, plan, FirstSample);
        return Math.Min(bound, share >= 0.25 ? share : Sample(generation, plan, LargeSample));
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
