using System.Diagnostics;
using AkiDb.Embedding.Caching;
using AkiDb.Embedding.Models;
using AkiDb.Embedding.Scheduling;
using AkiDb.ObjectStorage;

namespace AkiDb.Embedding;

/// <summary>Loads models.</summary>
public static class TextEmbedders
{
    /// <summary>Name of the activity source: a span <c>tokenise</c> and a span <c>infer</c> (which includes waiting for a turn) a call.</summary>
    public const string ActivitySourceName = "AkiDb.Embedding";

    internal static ActivitySource Activities { get; } = new(ActivitySourceName);

    /// <summary>The models that came with the program.</summary>
    private static readonly string OwnModels = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Loads the model that the settings name, checks that it is the one, and tries it on a text.</summary>
    /// <returns>The embedder; dispose it to end its threads.</returns>
    /// <exception cref="ArgumentException">Settings cannot be used; the message lists every problem.</exception>
    /// <exception cref="EmbeddingModelException">The model is missing, is not the one, or cannot be run.</exception>
    /// <exception cref="ObjectStorageException">The store failed.</exception>
    public static async Task<ITextEmbedder> LoadAsync(EmbeddingSettings settings, CancellationToken cancellation = default)
    {
        if (settings.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(settings));
        }

        using IObjectStore store = ObjectStores.Open(settings.ModelStore ?? OwnModels, TimeProvider.System);
        return await LoadAsync(settings, store, cancellation);
    }

    /// <summary>Loads from a store that is open.</summary>
    internal static async Task<ITextEmbedder> LoadAsync(EmbeddingSettings settings, IObjectStore store, CancellationToken cancellation)
    {
        ModelFiles files = await ModelFiles.ReadAsync(store, settings.Model, cancellation);
        files.Expect(settings.Sha256);
        SentenceModel model = SentenceModels.Open(files);
        var embedder = new QueuedEmbedder(model, settings.Threads);
        return settings.CachedTexts > 0 ? new CachedEmbedder(embedder, settings.CachedTexts) : embedder;
    }
}
