namespace AkiDb.Embedding.Tokens;

/// <summary>The tokens of one text.</summary>
/// <param name="Ids">Ids in the vocabulary, special tokens included; at most as many as the model reads.</param>
/// <param name="IsTruncated">True if the text had more.</param>
internal readonly record struct TokenList(int[] Ids, bool IsTruncated);
