using System.Text.Json.Serialization;
using AkiDb.VectorIndex;

namespace AkiDb.SearchEngine.Collections;

/// <summary>What a collection is made of; fixed for its life and kept in the store.</summary>
internal sealed record CollectionSettings
{
    /// <summary>Largest dimension: what one request may carry bounds it, not the index.</summary>
    public const int MaximumDimension = 4_096;

    /// <summary>What <see cref="IsName"/> accepts, as a regular expression.</summary>
    public const string NamePattern = "^[a-z0-9][a-z0-9_-]{0,62}$";

    /// <summary>1 to 63 lower-case letters, digits, '-' and '_', a letter or digit first.</summary>
    public required string Name { get; init; }

    /// <summary>Components a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Distance.</summary>
    public DistanceMetric Metric { get; init; }

    /// <summary>Graph or scan.</summary>
    public IndexStructure Structure { get; init; }

    /// <summary>What a search traverses.</summary>
    public VectorQuantization Quantization { get; init; }

    /// <summary>M.</summary>
    public int LinksPerNode { get; init; } = 16;

    /// <summary>efConstruction.</summary>
    public int ConstructionWidth { get; init; } = 200;

    /// <summary>ef when a query names none.</summary>
    public int SearchWidth { get; init; } = 64;

    /// <summary>Model that turns texts into this collection's vectors; null for a collection of callers' own vectors.</summary>
    public string? ModelName { get; init; }

    /// <summary>SHA-256 of that model: another model's vectors must never be compared with these.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>Options of the index.</summary>
    /// <param name="capacity">Vectors to reserve room for.</param>
    public IndexOptions ToIndexOptions(int capacity = 0) => new()
    {
        Dimension = Dimension,
        Metric = Metric,
        Structure = Structure,
        Quantization = Quantization,
        LinksPerNode = LinksPerNode,
        ConstructionWidth = ConstructionWidth,
        SearchWidth = SearchWidth,
        InitialCapacity = capacity,
    };

    /// <summary>Whether an index file was made with these settings.</summary>
    public bool Fits(IndexOptions options) => options with { Simd = default, InitialCapacity = 0 } == ToIndexOptions() with { Simd = default };

    /// <summary>Whether a name may be a collection's.</summary>
    public static bool IsName(string? name) =>
        name is { Length: >= 1 and <= 63 } && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
}

/// <summary>How the store writes <see cref="CollectionSettings"/>.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(CollectionSettings))]
internal sealed partial class CollectionSettingsJson : JsonSerializerContext;
