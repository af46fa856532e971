using AkiDb.Embedding;
using AkiDb.SearchEngine.Api;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Observability;

namespace AkiDb.SearchEngine.Texts;

/// <summary>Turns texts into vectors with the one model of this process, and refuses to where another model made the others.</summary>
/// <param name="embedder">The model; null for a process that works on vectors only.</param>
internal sealed class TextEncoder(ITextEmbedder? embedder)
{
    /// <summary>The loaded model, or null.</summary>
    public EmbeddingModel? Model => embedder?.Model;

    /// <summary>Whether texts of a collection can be embedded here.</summary>
    public bool CanEncodeFor(CollectionSettings collection) => Model is { } model && collection.ModelSha256 == model.Sha256;

    /// <summary>The loaded model, if it is the one asked for.</summary>
    /// <exception cref="ProblemException">There is no model, or another one.</exception>
    public EmbeddingModel Require(string? name)
    {
        var model = Model ?? throw ProblemException.Conflict("This process has no embedding model; send vectors.");
        return name is null || name == model.Name
            ? model
            : throw ProblemException.Conflict($"Model '{Shorten(name)}' is not loaded here; '{model.Name}' is.");
    }

    /// <summary>Makes sure that texts of a collection can be embedded here.</summary>
    /// <exception cref="ProblemException">The collection takes vectors only, or its vectors are another model's.</exception>
    public void RequireFor(CollectionSettings collection)
    {
        if (collection.ModelSha256 is null)
        {
            throw ProblemException.Conflict($"Collection '{collection.Name}' has no model; send vectors.");
        }

        var model = Require(null);
        if (model.Sha256 != collection.ModelSha256)
        {
            throw ProblemException.Conflict(
                $"Collection '{collection.Name}' was made with model '{collection.ModelName}' (SHA-256 {collection.ModelSha256}); loaded is '{model.Name}' "
                + $"(SHA-256 {model.Sha256}). Their vectors must not be mixed: start with the right model, or import the texts into a new collection.");
        }
    }

    /// <summary>Embeds texts.</summary>
    public async ValueTask<IReadOnlyList<TextEmbedding>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        using var span = EngineTracing.Start("embed");
        var results = await embedder!.EmbedAsync(texts, cancellation);
        span?.SetTag("akidb.texts", texts.Count).SetTag("akidb.tokens", results.Sum(result => result.TokenCount));
        return results;
    }

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? FindProblem(string text) => text.Length > RequestLimits.MaximumTextLength
        ? $"text has {text.Length:#,0} characters; wanted at most {RequestLimits.MaximumTextLength:#,0}"
        : null;

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..59] + "…";
}
