namespace AkiDb.Embedding;

/// <summary>The identity of a vector space: vectors of two models with different <see cref="Sha256"/> must never be compared.</summary>
/// <param name="Name">Model name, as in a request's <c>model</c> field.</param>
/// <param name="Sha256">Lower-case hex SHA-256 (64 characters) of the model's files: what <c>sha256sum model.onnx vocab.txt | sha256sum</c>
/// prints in the model's folder, with the names of all the files that are read, in alphabetical order.</param>
/// <param name="Dimension">Length of every vector.</param>
/// <param name="MaximumTokens">Longer texts are cut after this many tokens, special tokens included.</param>
public sealed record EmbeddingModel(string Name, string Sha256, int Dimension, int MaximumTokens);
