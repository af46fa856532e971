using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex.Engines;

/// <summary>What one search asks for.</summary>
/// <param name="Results">k: neighbours wanted.</param>
/// <param name="Width">ef: candidates kept during a traversal, at least k.</param>
/// <param name="Rerank">Candidates whose exact distance is computed after a traversal on codes, at least k.</param>
/// <param name="Entry">Where a graph search starts; read before the generation (see IndexReader).</param>
/// <param name="Version">Version of the index that the search sees.</param>
/// <param name="Slots">Slots in use: an exhaustive scan ends here.</param>
/// <param name="Living">Vectors present, for the estimate of selectivity.</param>
/// <param name="Filter">Which keys may be returned; null for all.</param>
/// <param name="Strategy">How to honour the filter.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SearchPlan(
    int Results,
    int Width,
    int Rerank,
    (int Slot, int Level) Entry,
    long Version,
    int Slots,
    int Living,
    IKeyFilter? Filter,
    FilterStrategy Strategy);
