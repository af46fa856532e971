using AkiDb.VectorIndex.Memory;
using AkiDb.VectorIndex.Quantization;

namespace AkiDb.VectorIndex;

/// <summary>Checks and stores many vectors at once on several threads.</summary>
internal sealed unsafe class BulkLoad(IndexOptions options, GenerationKeeper keeper, KeyLedger ledger, IndexWriter writer)
{
    /// <summary>Stores all rows, or, when one is wrong, none.</summary>
    public void Run(ReadOnlyMemory<ulong> keys, ReadOnlyMemory<float> vectors, int parallelism, CancellationToken cancellation)
    {
        if (vectors.Length != (long)keys.Length * options.Dimension)
        {
            throw new ArgumentException(
                $"{keys.Length} keys were given with {vectors.Length} components; wanted {(long)keys.Length * options.Dimension} "
                + $"({options.Dimension} a key, row after row).", nameof(vectors));
        }

        if (keys.IsEmpty)
        {
            return;
        }

        Check(keys.Span, vectors.Span);
        writer.Exclusively(() => Prepare(keys.Length, vectors.Span));
        var next = -1;
        var workers = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
        Parallel.For(0, parallelism, workers, _ =>
        {
            // One row at a time from a shared counter: rows are linked nearly in the caller's order, whatever the threads do.
            for (var i = Interlocked.Increment(ref next); i < keys.Length; i = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                writer.Store(keys.Span[i], vectors.Span.Slice(i * options.Dimension, options.Dimension), mustBeNew: false);
            }
        });
    }

    private void Check(ReadOnlySpan<ulong> keys, ReadOnlySpan<float> vectors)
    {
        var rows = new Dictionary<ulong, int>(keys.Length);
        using var scratch = NativeBuffer.Allocate((nuint)keeper.Shape.VectorBytes);
        for (var i = 0; i < keys.Length; i++)
        {
            if (!rows.TryAdd(keys[i], i))
            {
                throw new ArgumentException(
                    $"Key {keys[i]} is given twice, in rows {rows[keys[i]]} and {i}; wanted each key once.", nameof(keys));
            }

            try
            {
                var row = vectors.Slice(i * options.Dimension, options.Dimension);
                InputVector.Prepare(row, options, (float*)scratch.Pointer, nameof(vectors));
            }
            catch (ArgumentException wrong)
            {
                throw new ArgumentException($"Row {i} (key {keys[i]}): {wrong.Message}", nameof(vectors), wrong);
            }
        }
    }

    private void Prepare(int rows, ReadOnlySpan<float> vectors)
    {
        var present = ledger.Count;
        if (present + (long)rows > keeper.Current.Capacity)
        {
            keeper.Grow((int)Math.Min(present + (long)rows, SearchLimits.MaximumCapacity));
        }

        ledger.Reserve(present + rows);
        if (keeper.Shape.IsQuantized && rows >= present)
        {
            keeper.Train(Sample(rows, vectors), present + rows);
        }
    }

    private float[] Sample(int rows, ReadOnlySpan<float> vectors)
    {
        var length = keeper.Shape.PaddedDimension;
        var step = Math.Max(1, rows / QuantizerTraining.SampleSize);
        var sample = new float[(rows + step - 1) / step * length];
        fixed (float* target = sample)
        {
            for (int row = 0, i = 0; row < rows; row += step, i++)
            {
                InputVector.Prepare(
                    vectors.Slice(row * options.Dimension, options.Dimension), options, target + (i * length), nameof(vectors));
            }
        }

        return sample;
    }
}
