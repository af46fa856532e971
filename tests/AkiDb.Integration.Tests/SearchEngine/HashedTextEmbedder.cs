using AkiDb.Embedding;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>
/// Deterministic vectors without a model: each word adds a pseudo-random direction, so that texts with common words are near. For tests
/// of what surrounds the model, and for two models that differ.
/// </summary>
/// <param name="name">Name of the model.</param>
/// <param name="sha">What its hash consists of.</param>
/// <param name="gate">Every embedding waits for it: a model as slow as a test wants. Null for none.</param>
internal sealed class HashedTextEmbedder(string name = "hashed-words", char sha = 'a', Task? gate = null) : ITextEmbedder
{
    private const int Dimension = 64;

    public EmbeddingModel Model { get; } = new(name, new string(sha, 64), Dimension, MaximumTokens: 128);

    public async ValueTask<IReadOnlyList<TextEmbedding>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        await (gate ?? Task.CompletedTask).WaitAsync(cancellation);

        return [.. texts.Select(Embed)];
    }

    public void Dispose()
    {
        // Nothing to free.
    }

    private TextEmbedding Embed(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '.', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        var vector = new float[Dimension];
        foreach (var word in words.Take(Model.MaximumTokens).DefaultIfEmpty(""))
        {
            var random = new Random(word.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
            for (var i = 0; i < Dimension; i++)
            {
                vector[i] += random.NextSingle() - 0.5f;
            }
        }

        var length = MathF.Sqrt(vector.Sum(component => component * component));
        return new TextEmbedding(vector.Select(component => component / length).ToArray(), words.Length, words.Length > Model.MaximumTokens);
    }
}
