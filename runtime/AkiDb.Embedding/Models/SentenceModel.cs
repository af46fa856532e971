using AkiDb.Embedding.Inference;
using AkiDb.Embedding.Tokens;

namespace AkiDb.Embedding.Models;

/// <summary>A model that is ready: its tokenizer and its graph.</summary>
/// <param name="Identity">Name, hash and sizes.</param>
/// <param name="Tokenizer">Makes what the graph reads.</param>
/// <param name="Graph">Makes vectors of it.</param>
internal sealed record SentenceModel(EmbeddingModel Identity, ITokenizer Tokenizer, ISentenceGraph Graph);
