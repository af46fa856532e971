using AkiDb.Embedding;
using AkiDb.TestKit;
using AkiDb.VectorIndex;

namespace AkiDb.Benchmarks.Index;

/// <summary>Real sentence embeddings: WordNet's glosses through the default model (512 dimensions, unit length, cosine).</summary>
internal static class SentenceData
{
    // Long enough to keep both processors busy, short enough to show progress.
    private const int TextsAtOnce = 2_000;

    /// <summary>Embeds texts; the queries are texts of their own, evenly from the whole.</summary>
    /// <param name="count">Vectors; all distinct glosses together are about 115,000.</param>
    /// <param name="queries">Queries, at most one in three of the texts.</param>
    /// <exception cref="InvalidOperationException">There are not so many glosses, or wordnet-base is not installed.</exception>
    public static async Task<DataSet> EmbedAsync(int count, int queries)
    {
        string[] texts = [.. WordNet.First(int.MaxValue).Distinct()];
        if (texts.Length < count + queries)
        {
            throw new InvalidOperationException(
                $"WordNet has {texts.Length:n0} distinct glosses; {count:n0} rows and {queries:n0} queries need more. Ask for fewer --rows.");
        }

        using ITextEmbedder embedder = await TextEmbedders.LoadAsync(new EmbeddingSettings());
        var dimension = embedder.Model.Dimension;
        var vectors = new float[count * dimension];
        var asked = new float[queries * dimension];
        var every = (count + queries) / queries;
        int row = 0, query = 0;
        foreach (var part in Enumerable.Range(0, count + queries).Select(i => texts[(long)i * texts.Length / (count + queries)]).Chunk(TextsAtOnce))
        {
            foreach (TextEmbedding embedding in await embedder.EmbedAsync(part))
            {
                var isQuery = query < queries && (row + query) % every == 0;
                var target = isQuery ? asked.AsSpan(query++ * dimension, dimension) : vectors.AsSpan(row++ * dimension, dimension);
                embedding.Vector.Span.CopyTo(target);
            }

            Console.Error.Write($"\rembedded {row + query:n0} of {count + queries:n0} texts");
        }

        Console.Error.WriteLine();
        return new DataSet($"sentences {count} x {dimension} ({embedder.Model.Name})", dimension, DistanceMetric.Cosine, vectors, asked);
    }
}
