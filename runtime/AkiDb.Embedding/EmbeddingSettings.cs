using System.Text.RegularExpressions;
using AkiDb.ObjectStorage;

namespace AkiDb.Embedding;

/// <summary>Which model embeds, and how.</summary>
public sealed partial record EmbeddingSettings
{
    /// <summary>The model that every program carries: the weights as they were trained, float32.</summary>
    public const string DefaultModel = "universal-sentence-encoder-lite";

    /// <summary>The same in eight-bit integers: about 2.3 times as fast, half as large, another vector space.</summary>
    public const string SmallDefaultModel = "universal-sentence-encoder-lite-int8";

    /// <summary>Name of the model, which is also its folder in the store. Default: <see cref="DefaultModel"/>.</summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary>Where models lie: a folder or <c>s3://bucket/prefix</c>, with a folder for each model. Default: null, the models
    /// that come with the program.</summary>
    public string? ModelStore { get; init; }

    /// <summary>SHA-256 that the model must have, as <see cref="EmbeddingModel.Sha256"/> defines it. Required with
    /// <see cref="ModelStore"/>; null trusts what came with the program.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Texts, or groups of texts, that run at the same time, each on one core; 1 to 256. Default: the machine's cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Most recently embedded texts that are answered from memory, 0 to 1,000,000; each takes about 2 KB plus its text.
    /// Default: 0, none.</summary>
    public int CachedTexts { get; init; }

    /// <summary>Everything that is wrong, one sentence each; empty if the settings can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (!ObjectKey.IsValid(Model) || Model.Contains('/', StringComparison.Ordinal))
        {
            problems.Add($"Model is '{Model}'; it must be a name of letters, digits, '-', '_' and '.', e.g. {DefaultModel}.");
        }

        if (ModelStore is { Length: 0 })
        {
            problems.Add("ModelStore is empty; it must be a folder or s3://bucket/prefix, or left out.");
        }

        if (ModelStore is not null && Sha256 is null)
        {
            problems.Add($"Sha256 is missing; a model from {ModelStore} must be named with its SHA-256, so that no other one takes its place.");
        }

        if (Sha256 is not null && !HexSha256().IsMatch(Sha256))
        {
            problems.Add($"Sha256 is '{Sha256}'; it must be 64 hexadecimal digits.");
        }

        if (Threads is < 1 or > 256)
        {
            problems.Add($"Threads is {Threads}; it must be 1 to 256.");
        }

        if (CachedTexts is < 0 or > 1_000_000)
        {
            problems.Add($"CachedTexts is {CachedTexts}; it must be 0 to 1,000,000.");
        }

        return problems;
    }

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex HexSha256();
}
