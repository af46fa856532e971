using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Graph;

/// <summary>The working memory of one search or insertion, reused so that queries allocate nothing.</summary>
internal sealed unsafe class SearchScratch : IDisposable
{
    private const int LongestSeedList = 32;
    private readonly NativeBuffer _query;
    private readonly NativeBuffer _queryCode;
    private NativeBuffer _pool = NativeBuffer.Allocate(0);
    private NativeBuffer _found = NativeBuffer.Allocate(0);

    public SearchScratch(VectorShape shape, ReaderPin pin)
    {
        Pin = pin;
        Visited = new VisitedSet(Math.Max(shape.BaseLinks, LongestSeedList));
        Passed = new VisitedSet(Math.Max(shape.BaseLinks, LongestSeedList));
        _query = NativeBuffer.Allocate((nuint)shape.VectorBytes);
        _queryCode = NativeBuffer.Allocate((nuint)shape.CodeBytes);
    }

    /// <summary>How this reader tells writers that it is inside.</summary>
    public ReaderPin Pin { get; }

    /// <summary>Slots that the running traversal has met.</summary>
    public VisitedSet Visited { get; }

    /// <summary>Slots whose neighbours a filtered traversal has looked at in their place.</summary>
    public VisitedSet Passed { get; }

    /// <summary>The padded query.</summary>
    public float* Query => (float*)_query.Pointer;

    /// <summary>Room for the query's code.</summary>
    public byte* QueryCode => _queryCode.Pointer;

    /// <summary>Candidates of a traversal, nearest first (see <see cref="Candidate"/>).</summary>
    public ulong* Pool => (ulong*)_pool.Pointer;

    /// <summary>Results before their keys are looked up: order of the exact distance, then slot.</summary>
    public ulong* Found => (ulong*)_found.Pointer;

    /// <summary>Makes sure that the pool holds <paramref name="width"/> candidates.</summary>
    public void ReservePool(int width) => Reserve(ref _pool, width);

    /// <summary>Makes sure that there is room for <paramref name="count"/> results.</summary>
    public void ReserveFound(int count) => Reserve(ref _found, count);

    /// <inheritdoc/>
    public void Dispose()
    {
        _query.Dispose();
        _queryCode.Dispose();
        _pool.Dispose();
        _found.Dispose();
        Visited.Dispose();
        Passed.Dispose();
    }

    private static void Reserve(ref NativeBuffer buffer, int count)
    {
        // One element more than asked: insertion into a full list shifts the last element out by writing past it.
        var wanted = ((nuint)count + 1) * sizeof(ulong);
        if (buffer.Length < wanted)
        {
            buffer.Dispose();
            buffer = NativeBuffer.Allocate(System.Numerics.BitOperations.RoundUpToPowerOf2(wanted));
        }
    }
}
