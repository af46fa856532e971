using AkiDb.VectorIndex.Graph;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex;

/// <summary>Counts levels and links for <see cref="IndexStatistics"/>: a pass over the graph, beside readers and writers.</summary>
internal static unsafe class StatisticsReport
{
    public static IndexStatistics Make(
        GenerationKeeper keeper, KeyLedger ledger, (int Waiting, long Unlinked) tombstones, ReaderEpochs epochs, ScratchPool scratches)
    {
        var scratch = scratches.Rent();
        try
        {
            epochs.Enter(scratch.Pin);
            var generation = keeper.Current;
            var (levels, degree) = CountLinks(generation, keeper.Slots);
            var buffers = generation.Buffers;
            var bookkeeping = Bytes(buffers.Keys) + Bytes(buffers.Lifetimes) + Bytes(buffers.Levels) + Bytes(buffers.UpperBlocks)
                + Bytes(buffers.InDegrees);
            return new IndexStatistics
            {
                Count = ledger.Count,
                Capacity = generation.Capacity,
                Tombstones = tombstones.Waiting,
                Repaired = tombstones.Unlinked,
                VectorBytes = Bytes(buffers.Vectors),
                CodeBytes = Bytes(buffers.Codes),
                LinkBytes = Bytes(buffers.Links) + Bytes(buffers.UpperLinks),
                BookkeepingBytes = bookkeeping + ledger.Bytes,
                LevelCounts = levels,
                MeanBaseDegree = degree,
                ClippedShare = keeper.ClippedShare,
            };
        }
        finally
        {
            ReaderEpochs.Leave(scratch.Pin);
            scratches.Return(scratch);
        }
    }

    private static (List<int> Levels, double Degree) CountLinks(Generation generation, int slots)
    {
        var levels = new List<int>();
        var links = 0L;
        if (generation.Levels is null)
        {
            return (levels, 0);
        }

        for (var slot = 0; slot < Math.Min(slots, generation.Capacity); slot++)
        {
            var top = generation.Levels[slot];
            if (top == Generation.NotLinked)
            {
                continue;
            }

            links += LinkLists.Count(generation.LinksOf(slot, 0), generation.Shape.BaseLinks);
            for (var level = 0; level <= top; level++)
            {
                if (level == levels.Count)
                {
                    levels.Add(0);
                }

                levels[level]++;
            }
        }

        return (levels, levels.Count == 0 ? 0 : links / (double)levels[0]);
    }

    private static long Bytes(NativeBuffer? buffer) => buffer is null ? 0 : (long)buffer.Length;
}
