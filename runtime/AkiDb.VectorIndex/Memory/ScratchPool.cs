using AkiDb.VectorIndex.Graph;

namespace AkiDb.VectorIndex.Memory;

/// <summary>Keeps search scratches for reuse. A thread finds its own again, so that threads do not share cache lines.</summary>
internal sealed class ScratchPool(VectorShape shape, ReaderEpochs epochs) : IDisposable
{
    private readonly SearchScratch?[] _idle = new SearchScratch?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2(
        (uint)Math.Max(16, 4 * Environment.ProcessorCount))];

    /// <summary>Takes a scratch; makes one only when more threads are inside than ever before.</summary>
    public SearchScratch Rent()
    {
        var home = Environment.CurrentManagedThreadId;
        for (var i = 0; i < _idle.Length; i++)
        {
            ref var place = ref _idle[(home + i) & (_idle.Length - 1)];
            if (Volatile.Read(ref place) is not null && Interlocked.Exchange(ref place, null) is { } scratch)
            {
                return scratch;
            }
        }

        return new SearchScratch(shape, epochs.Register());
    }

    /// <summary>Gives it back; beyond a few per processor it is freed instead.</summary>
    public void Return(SearchScratch scratch)
    {
        var home = Environment.CurrentManagedThreadId;
        for (var i = 0; i < _idle.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _idle[(home + i) & (_idle.Length - 1)], scratch, null) is null)
            {
                return;
            }
        }

        epochs.Unregister(scratch.Pin);
        scratch.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
        }
    }
}
