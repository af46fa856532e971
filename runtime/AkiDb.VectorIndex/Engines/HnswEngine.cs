using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Engines;

/// <summary>Approximate search: traverses by <typeparamref name="TDistance"/>, ranks by <typeparamref name="TKernel"/>.</summary>
internal sealed unsafe class HnswEngine<TDistance, TKernel>(IndexOptions options, VectorShape shape) : IndexEngine
    where TDistance : struct, IVectorDistance<TDistance>
    where TKernel : struct, IFloatKernel
{
    private readonly EntryPoint _entry = new();
    private readonly SlotLocks _locks = new();

    public override (int Slot, int Level) Entry
    {
        get => _entry.Read();
        set => _entry.Set(value.Slot, value.Level);
    }

    public override int Search(Generation generation, SearchScratch scratch, in SearchPlan plan)
    {
        if (plan.Entry.Slot < 0 || plan.Living == 0)
        {
            return 0;
        }

        return plan.Filter is null ? Unfiltered(generation, scratch, plan) : Filtered(generation, scratch, plan);
    }

    public override int SearchSlots(Generation generation, SearchScratch scratch, in SearchPlan plan, ReadOnlySpan<int> slots) =>
        ExactScan<TKernel>.Listed(generation, scratch, plan, slots);

    public override bool TryInsert(Generation generation, int slot, int level, SearchScratch scratch) =>
        new Insertion<TDistance>(_entry, _locks, options).TryInsert(generation, slot, level, scratch);

    public override void Unlink(Generation generation, int slots, IReadOnlyList<int> dead)
    {
        var leaving = new SlotSet(generation.Capacity);
        foreach (var slot in dead)
        {
            leaving.Add(slot);
        }

        _entry.MoveAway(generation, slots, leaving);
        new GraphRepair<TDistance>(_locks, shape).Unlink(generation, slots, leaving, dead);
    }

    private static int Unfiltered(Generation generation, SearchScratch scratch, in SearchPlan plan)
    {
        var wanted = Math.Min(plan.Results, plan.Living);
        var distance = TDistance.ForQuery(generation, scratch);
        var start = Start(distance, generation, plan.Entry);
        for (var width = plan.Width; ; width *= 4)
        {
            var size = Traversal<TDistance>.Search(
                distance, new BaseLevel(generation), generation.Capacity, scratch, start, width);
            var found = Collect(generation, scratch, plan, size);
            // Too few only when dead or not yet committed slots crowd the pool: look wider, at last everywhere.
            if (found >= wanted)
            {
                return Rank(generation, scratch, plan, found);
            }

            if (width * 4L > SearchLimits.MaximumWidth)
            {
                return ExactScan<TKernel>.All(generation, scratch, plan);
            }
        }
    }

    private static int Filtered(Generation generation, SearchScratch scratch, in SearchPlan plan)
    {
        var strategy = Selectivity.Choose(generation, plan, out var width);
        if (strategy == FilterStrategy.Scan)
        {
            return ExactScan<TKernel>.All(generation, scratch, plan);
        }

        var distance = TDistance.ForQuery(generation, scratch);
        var start = Start(distance, generation, plan.Entry);
        var size = strategy == FilterStrategy.WiderPool
            ? Traversal<TDistance>.Search(distance, new BaseLevel(generation), generation.Capacity, scratch, start, width)
            : FilteredTraversal<TDistance>.Search(distance, generation, scratch, start, plan);
        var found = Collect(generation, scratch, plan, size);
        // The survivors lie away from the query, or there are fewer than estimated: only a scan is sure to find them.
        return found >= plan.Results
            ? Rank(generation, scratch, plan, found)
            : ExactScan<TKernel>.All(generation, scratch, plan);
    }

    private static ulong Start(TDistance distance, Generation generation, (int Slot, int Level) entry) =>
        Traversal<TDistance>.Descend(
            distance, generation, Candidate.Pack(distance.To(entry.Slot), entry.Slot), entry.Level, bottom: 0);

    /// <summary>Copies what may be returned from the pool to the results, nearest first, as many as are re-ranked.</summary>
    private static int Collect(Generation generation, SearchScratch scratch, in SearchPlan plan, int size)
    {
        scratch.ReserveFound(plan.Rerank);
        var pool = scratch.Pool;
        var found = scratch.Found;
        var count = 0;
        for (var i = 0; i < size && count < plan.Rerank; i++)
        {
            var slot = Candidate.Slot(pool[i]);
            if (generation.Lifetimes[slot].IsVisibleAt(plan.Version)
                && (plan.Filter is null || plan.Filter.Matches(generation.Keys[slot])))
            {
                found[count++] = pool[i] & ~Candidate.Expanded;
            }
        }

        return count;
    }

    private static int Rank(Generation generation, SearchScratch scratch, in SearchPlan plan, int found) =>
        typeof(TDistance) == typeof(FloatDistance<TKernel>)
            ? Math.Min(found, plan.Results)
            : ExactScan<TKernel>.Rerank(generation, scratch, found, plan.Results);
}
