namespace AkiDb.Embedding;

/// <summary>One text's vector.</summary>
/// <param name="Vector"><see cref="EmbeddingModel.Dimension"/> finite numbers with L2 norm 1.</param>
/// <param name="TokenCount">Tokens that the model read, special tokens included.</param>
/// <param name="Truncated">True if the text had more tokens than the model reads; the vector then stands for its beginning.</param>
public readonly record struct TextEmbedding(ReadOnlyMemory<float> Vector, int TokenCount, bool Truncated);
