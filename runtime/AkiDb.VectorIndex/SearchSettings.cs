using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex;

/// <summary>How one search is done; the default value means the index's own settings.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SearchSettings
{
    /// <summary>
    /// ef: candidates kept during the search, 1 to 16,384; 0 (default) for <see cref="IndexOptions.SearchWidth"/>. Raised
    /// to k where smaller. Higher finds more and takes longer. Ignored by a flat index.
    /// </summary>
    public int Width { get; init; }

    /// <summary>
    /// Candidates re-ranked by exact distance after a search on codes, 1 to 16,384; 0 (default) for 3/2·k + 5, which loses
    /// no recall at seven bits (bench index, ablation). At most ef, at least k. Ignored without quantisation.
    /// </summary>
    public int Rerank { get; init; }

    /// <summary>Which keys may be returned; null (default) for all.</summary>
    public IKeyFilter? Filter { get; init; }

    internal void Resolve(IndexOptions options, int results, out int width, out int rerank)
    {
        Range("k (the length of results)", results, 1, SearchLimits.MaximumResults);
        Range("Width (ef)", Width, 0, SearchLimits.MaximumWidth);
        Range("Rerank", Rerank, 0, SearchLimits.MaximumWidth);
        var isCoded = options.Quantization != VectorQuantization.None;
        width = Math.Max(Width > 0 ? Width : options.SearchWidth, results);
        var wanted = !isCoded ? results : Rerank > 0 ? Rerank : results + (results / 2) + 5;
        rerank = Math.Clamp(wanted, results, width);
    }

    private static void Range(string name, int value, int low, int high)
    {
        if (value < low || value > high)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; wanted {low} to {high}.");
        }
    }
}
