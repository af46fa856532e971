using AkiDb.VectorIndex.Engines;
using AkiDb.VectorIndex.Files;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex;

/// <summary>
/// Finds the stored vectors nearest to a query. All members may be called from any number of threads at once; searches
/// take no lock and see one consistent version of the index (docs/vector-index.md, "Concurrency").
/// </summary>
public sealed class NearestNeighborIndex : IDisposable
{
    private readonly ReaderEpochs _epochs;
    private readonly ScratchPool _scratches;
    private readonly GenerationKeeper _keeper;
    private readonly KeyLedger _ledger;
    private readonly IndexEngine _engine;
    private readonly IndexReader _reader;
    private readonly IndexWriter _writer;
    private readonly IDisposable? _mapping;

    /// <summary>Makes an empty index.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message lists all that are.</exception>
    public NearestNeighborIndex(IndexOptions options)
        : this(options, loaded: null)
    {
    }

    private NearestNeighborIndex(IndexOptions options, LoadedIndex? loaded)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindProblems() is { Count: > 0 } problems)
        {
            throw new ArgumentException($"Index options are wrong: {string.Join("; ", problems)}.", nameof(options));
        }

        Options = options;
        var shape = new VectorShape(options);
        var isSigned = options.Metric == DistanceMetric.Dot;
        _epochs = new ReaderEpochs();
        _scratches = new ScratchPool(shape, _epochs);
        _keeper = loaded is null
            ? new GenerationKeeper(shape, _epochs, isSigned, options.InitialCapacity)
            : new GenerationKeeper(loaded.Generation, loaded.Count, loaded.UpperBlocks, _epochs, isSigned);
        _ledger = new KeyLedger(_keeper);
        _engine = EngineFactory.Create(options, shape);
        _reader = new IndexReader(options, _engine, _keeper, _ledger, _epochs, _scratches);
        _writer = new IndexWriter(options, _engine, _keeper, _ledger, _epochs, _scratches);
        if (loaded is not null)
        {
            _mapping = loaded.Mapping;
            _engine.Entry = loaded.Entry;
            if (_ledger.Adopt(loaded.Count) is { } twice)
            {
                throw loaded.Corrupt($"key {twice} twice", "each key once");
            }
        }
    }

    /// <summary>What the index was made with.</summary>
    public IndexOptions Options { get; }

    /// <summary>Vectors that a search starting now can return.</summary>
    public int Count => _ledger.Count;

    /// <summary>Opens an index file: its arrays are mapped, not read; pages change privately when the index changes.</summary>
    /// <param name="path">A file written by <see cref="Save"/>. It must not be changed while the index is open.</param>
    /// <param name="simd">Vector width of the kernels; default: the widest there is.</param>
    /// <exception cref="IndexFileException">The file is not an index, of another version, truncated or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NearestNeighborIndex Load(string path, Distances.SimdWidth simd = Distances.SimdWidth.Widest)
    {
        var loaded = IndexFileReader.Open(path, simd);
        try
        {
            return new NearestNeighborIndex(loaded.Options, loaded);
        }
        catch
        {
            loaded.Mapping.Dispose();
            throw;
        }
    }

    /// <summary>Does nothing where <see cref="Add"/> and <see cref="Upsert"/> would take the vector, and throws what they would throw.</summary>
    /// <exception cref="ArgumentException">Wrong dimension, NaN, infinity, or the zero vector under cosine.</exception>
    public void Check(ReadOnlySpan<float> vector) => InputVector.Check(vector, Options, nameof(vector));

    /// <summary>Stores a vector under a new key; false, without a change, when the key exists.</summary>
    /// <exception cref="ArgumentException">Wrong dimension, NaN, infinity, or the zero vector under cosine.</exception>
    public bool Add(ulong key, ReadOnlySpan<float> vector) => _writer.Store(key, vector, mustBeNew: true);

    /// <summary>Stores a vector, replacing the key's present one, if any, in one step for every reader.</summary>
    /// <exception cref="ArgumentException">Wrong dimension, NaN, infinity, or the zero vector under cosine.</exception>
    public void Upsert(ulong key, ReadOnlySpan<float> vector) => _writer.Store(key, vector, mustBeNew: false);

    /// <summary>Stores many vectors on several threads; much faster into an empty index than one by one.</summary>
    /// <param name="keys">One key a row, each once.</param>
    /// <param name="vectors">The vectors, row after row.</param>
    /// <param name="parallelism">Threads; default: one a processor. With one, equal input gives an equal graph.</param>
    /// <param name="cancellation">Stops between rows; rows already stored stay.</param>
    /// <exception cref="ArgumentException">A row is wrong or a key is given twice; nothing was stored.</exception>
    public void UpsertMany(
        ReadOnlyMemory<ulong> keys, ReadOnlyMemory<float> vectors, int parallelism = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parallelism);
        var threads = parallelism == 0 ? Environment.ProcessorCount : parallelism;
        new BulkLoad(Options, _keeper, _ledger, _writer).Run(keys, vectors, threads, cancellation);
    }

    /// <summary>Deletes a key; false when it does not exist. Its slot is unlinked from the graph and reused later.</summary>
    public bool Delete(ulong key) => _writer.Delete(key);

    /// <summary>Whether a search starting now can return the key.</summary>
    public bool Contains(ulong key) => _ledger.Find(key, out _) >= 0;

    /// <summary>Copies a key's vector, normalised to length 1 in a cosine index; false when the key does not exist.</summary>
    /// <exception cref="ArgumentException"><paramref name="vector"/> is shorter than the dimension.</exception>
    public bool TryGetVector(ulong key, Span<float> vector)
    {
        if (vector.Length < Options.Dimension)
        {
            throw new ArgumentException(
                $"Room for {vector.Length} components was given; a vector has {Options.Dimension}.", nameof(vector));
        }

        return _reader.TryGetVector(key, vector);
    }

    /// <summary>Finds the nearest vectors. Allocates nothing once as many threads as now have searched before.</summary>
    /// <param name="query">As many finite components as the index's dimension.</param>
    /// <param name="results">Receives the neighbours, nearest first; its length is k, 1 to 16,384.</param>
    /// <param name="settings">Width, re-ranking and filter; default: the index's own width and no filter.</param>
    /// <returns>How many were found: k, or fewer when fewer vectors exist or match.</returns>
    /// <exception cref="ArgumentException">The query is wrong (see <see cref="Add"/>) or a setting is out of range.</exception>
    public int Search(ReadOnlySpan<float> query, Span<Neighbor> results, in SearchSettings settings = default) =>
        Search(query, results, settings, FilterStrategy.Estimated);

    /// <summary>The same with a given filter strategy, to measure the choice.</summary>
    internal int Search(ReadOnlySpan<float> query, Span<Neighbor> results, in SearchSettings settings, FilterStrategy strategy)
    {
        settings.Resolve(Options, results.Length, out var width, out var rerank);
        return _reader.Search(query, results, width, rerank, settings.Filter, strategy);
    }

    /// <summary>The arrays and the entry, to measure traversals on them; nobody may write meanwhile.</summary>
    internal (Generation Generation, (int Slot, int Level) Entry) Graph => (_keeper.Current, _engine.Entry);

    /// <summary>Unlinks every deleted vector now, waiting for searches that run; otherwise later writes do it bit by bit.</summary>
    public void Repair() => _writer.Exclusively(_writer.FinishRepairs);

    /// <summary>
    /// Writes the index to a file, by way of a temporary file beside it: the path holds the old or the new index, never
    /// a part. Searches go on; other writers wait.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => _writer.Exclusively(() =>
    {
        _writer.FinishRepairs();
        IndexFileWriter.Write(path, Options, _keeper.Current, _keeper.Slots, _engine.Entry);
    });

    /// <summary>Counts and sizes.</summary>
    public IndexStatistics GetStatistics() =>
        StatisticsReport.Make(_keeper, _ledger, _writer.Tombstones, _epochs, _scratches);

    /// <summary>Frees the memory after the searches that run have ended; later calls throw.</summary>
    public void Dispose()
    {
        _writer.Exclusively(_keeper.Dispose);
        _scratches.Dispose();
        _mapping?.Dispose();
    }
}
