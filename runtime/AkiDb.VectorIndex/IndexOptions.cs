using AkiDb.VectorIndex.Distances;

namespace AkiDb.VectorIndex;

/// <summary>What an index is made of; fixed for its life and stored in its file (except <see cref="Simd"/>).</summary>
public sealed record IndexOptions
{
    /// <summary>Largest dimension: the squared byte differences of so many components still fit an int.</summary>
    public const int MaximumDimension = 65_536;

    /// <summary>Smallest M.</summary>
    public const int MinimumLinks = 2;

    /// <summary>Largest M.</summary>
    public const int MaximumLinks = 128;

    /// <summary>Largest efConstruction.</summary>
    public const int MaximumConstructionWidth = 4_096;

    /// <summary>Components a vector, 1 to <see cref="MaximumDimension"/>.</summary>
    public required int Dimension { get; init; }

    /// <summary>Distance; default <see cref="DistanceMetric.Cosine"/>.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Cosine;

    /// <summary>Graph or exhaustive scan; default <see cref="IndexStructure.Hnsw"/>.</summary>
    public IndexStructure Structure { get; init; } = IndexStructure.Hnsw;

    /// <summary>What traversal reads; default <see cref="VectorQuantization.None"/>. A flat index takes only None.</summary>
    public VectorQuantization Quantization { get; init; }

    /// <summary>
    /// M: links a node chooses on each level when it is inserted, 2 to 128, default 16; the base level keeps up to 2·M.
    /// More links: better recall on hard data, slower build, 8·M bytes a vector.
    /// </summary>
    public int LinksPerNode { get; init; } = 16;

    /// <summary>efConstruction: candidates considered when a node is linked, M to 4096, default 200.</summary>
    public int ConstructionWidth { get; init; } = 200;

    /// <summary>ef when a search names none: candidates kept during a search, 1 to 16384, default 64.</summary>
    public int SearchWidth { get; init; } = 64;

    /// <summary>Vectors to reserve room for, 0 to 2³⁰; default 0. The index grows by doubling beyond it.</summary>
    public int InitialCapacity { get; init; }

    /// <summary>Seed of the level drawn for each key: the same keys get the same levels in every run. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Vector width of the distance kernels; default: the widest that the processor has. Not stored.</summary>
    public SimdWidth Simd { get; init; } = SimdWidth.Widest;

    /// <summary>What is wrong with these options, one sentence a problem; empty when nothing is.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        Range(nameof(Dimension), Dimension, 1, MaximumDimension);
        Range(nameof(LinksPerNode), LinksPerNode, MinimumLinks, MaximumLinks);
        // Of links out of range, which are told already, nothing follows.
        var links = LinksPerNode is >= MinimumLinks and <= MaximumLinks ? LinksPerNode : MinimumLinks;
        Range(nameof(ConstructionWidth), ConstructionWidth, links, MaximumConstructionWidth);
        Range(nameof(SearchWidth), SearchWidth, 1, SearchLimits.MaximumWidth);
        Range(nameof(InitialCapacity), InitialCapacity, 0, SearchLimits.MaximumCapacity);
        Known(nameof(Metric), Metric);
        Known(nameof(Structure), Structure);
        Known(nameof(Quantization), Quantization);
        Known(nameof(Simd), Simd);
        if (Structure == IndexStructure.Flat && Quantization != VectorQuantization.None)
        {
            problems.Add("Quantization must be None when Structure is Flat, because a flat index is exact");
        }

        if (Enum.IsDefined(Simd) && !Simd.IsSupported())
        {
            problems.Add($"Simd is {Simd}, which this processor lacks; the widest it has is {SimdWidths.Detected}");
        }

        return problems;

        void Range(string name, int value, int low, int high)
        {
            if (value < low || value > high)
            {
                problems.Add($"{name} is {value}, wanted {low} to {high}");
            }
        }

        void Known<T>(string name, T value)
            where T : struct, Enum
        {
            if (!Enum.IsDefined(value))
            {
                problems.Add($"{name} is {value}, wanted one of {string.Join(", ", Enum.GetNames<T>())}");
            }
        }
    }
}
