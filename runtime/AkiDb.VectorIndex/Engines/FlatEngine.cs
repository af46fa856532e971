using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Engines;

/// <summary>Exact search without a graph.</summary>
internal sealed class FlatEngine<TKernel> : IndexEngine
    where TKernel : struct, IFloatKernel
{
    public override (int Slot, int Level) Entry { get; set; } = (-1, -1);

    public override int Search(Generation generation, SearchScratch scratch, in SearchPlan plan) =>
        ExactScan<TKernel>.All(generation, scratch, plan);

    public override int SearchSlots(Generation generation, SearchScratch scratch, in SearchPlan plan, ReadOnlySpan<int> slots) =>
        ExactScan<TKernel>.Listed(generation, scratch, plan, slots);

    public override bool TryInsert(Generation generation, int slot, int level, SearchScratch scratch) => true;

    public override void Unlink(Generation generation, int slots, IReadOnlyList<int> dead)
    {
        // Nothing links to a slot: being dead is enough.
    }
}
