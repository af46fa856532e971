using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Engines;

/// <summary>The algorithms of an index, compiled for one metric, precision and vector width.</summary>
internal abstract class IndexEngine
{
    /// <summary>
    /// Fills the scratch's results with up to k candidates (order of the exact distance, slot), nearest first, and
    /// returns their number.
    /// </summary>
    public abstract int Search(Generation generation, SearchScratch scratch, in SearchPlan plan);

    /// <summary>Exact distances to the listed slots only; same result as <see cref="Search"/>.</summary>
    public abstract int SearchSlots(Generation generation, SearchScratch scratch, in SearchPlan plan, ReadOnlySpan<int> slots);

    /// <summary>Links a stored slot; false when a repair has to finish first (see Insertion).</summary>
    public abstract bool TryInsert(Generation generation, int slot, int level, SearchScratch scratch);

    /// <summary>Takes dead slots out of the graph.</summary>
    public abstract void Unlink(Generation generation, int slots, IReadOnlyList<int> dead);

    /// <summary>The graph's entry; slot −1 when there is none.</summary>
    public abstract (int Slot, int Level) Entry { get; set; }
}
