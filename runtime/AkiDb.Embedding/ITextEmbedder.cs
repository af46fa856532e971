namespace AkiDb.Embedding;

/// <summary>One loaded embedding model. Thread-safe: callers may embed concurrently.</summary>
public interface ITextEmbedder : IDisposable
{
    /// <summary>Which vector space the vectors belong to.</summary>
    EmbeddingModel Model { get; }

    /// <summary>Embeds texts; result i belongs to text i, whatever batches the model runs inside.</summary>
    /// <param name="texts">Any number of texts, none null. An empty text gets the vector the model gives it.</param>
    /// <param name="cancellation">Stops between batches; a batch that runs is not interrupted.</param>
    ValueTask<IReadOnlyList<TextEmbedding>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellation = default);
}
