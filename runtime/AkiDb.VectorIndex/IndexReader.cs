using AkiDb.VectorIndex.Engines;
using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex;

/// <summary>Searches; any number at once, beside writers, without locks or allocation.</summary>
internal sealed unsafe class IndexReader(
    IndexOptions options, IndexEngine engine, GenerationKeeper keeper, KeyLedger ledger, ReaderEpochs epochs, ScratchPool scratches)
{
    /// <summary>Key sets up to this share of the index are looked up one by one.</summary>
    private const int LookupShare = 16;

    public int Search(
        ReadOnlySpan<float> query, Span<Neighbor> results, int width, int rerank, IKeyFilter? filter, FilterStrategy strategy)
    {
        var scratch = scratches.Rent();
        try
        {
            InputVector.Prepare(query, options, scratch.Query, nameof(query));
            epochs.Enter(scratch.Pin);
            // Version and entry before the generation: an older generation would not know of a newer version's commits,
            // and might be too small for a newer entry's slot.
            var version = ledger.Version;
            var entry = engine.Entry;
            var generation = keeper.Current;
            var slots = Math.Min(keeper.Slots, generation.Capacity);
            var plan = new SearchPlan(
                results.Length, width, rerank, entry, version, slots, ledger.Count, filter, strategy);
            var count = strategy == FilterStrategy.Estimated && filter is KeySet set && set.Count <= plan.Living / LookupShare
                ? SearchKeys(scratch, plan, set, ref generation)
                : engine.Search(generation, scratch, plan);
            return Report(generation, scratch, count, results);
        }
        finally
        {
            ReaderEpochs.Leave(scratch.Pin);
            scratches.Return(scratch);
        }
    }

    /// <summary>Copies the stored vector of a key (normalised under cosine); false when there is none.</summary>
    public bool TryGetVector(ulong key, Span<float> vector)
    {
        var scratch = scratches.Rent();
        try
        {
            epochs.Enter(scratch.Pin);
            var slot = ledger.Find(key, out var generation);
            if (slot < 0)
            {
                return false;
            }

            new ReadOnlySpan<float>(generation.VectorOf(slot), options.Dimension).CopyTo(vector);
            return true;
        }
        finally
        {
            ReaderEpochs.Leave(scratch.Pin);
            scratches.Return(scratch);
        }
    }

    private int SearchKeys(SearchScratch scratch, in SearchPlan plan, KeySet set, ref Generation generation)
    {
        scratch.ReservePool(set.Count);
        var slots = new Span<int>(scratch.Pool, set.Count);
        var count = ledger.FindAll(set.Keys, slots, out generation, out var version);
        return engine.SearchSlots(generation, scratch, plan with { Version = version }, slots[..count]);
    }

    private int Report(Generation generation, SearchScratch scratch, int count, Span<Neighbor> results)
    {
        var isCosine = options.Metric == DistanceMetric.Cosine;
        for (var i = 0; i < count; i++)
        {
            var found = scratch.Found[i];
            var distance = Distances.FloatOrder.ToFloat(Candidate.Order(found));
            // The kernel gives −cos; rounding may take a vector's distance to itself just below zero.
            results[i] = new Neighbor(
                generation.Keys[Candidate.Slot(found)], isCosine ? Math.Max(0, 1 + distance) : distance);
        }

        return count;
    }
}
