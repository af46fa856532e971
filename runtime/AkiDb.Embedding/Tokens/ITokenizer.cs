namespace AkiDb.Embedding.Tokens;

/// <summary>Cuts a text into the pieces that a model learnt. Immutable and thread-safe.</summary>
internal interface ITokenizer
{
    /// <summary>Ids of the text's tokens, cut to what the model reads.</summary>
    /// <param name="text">Any text, also an empty one; lone surrogates count as U+FFFD.</param>
    TokenList Tokenize(string text);
}
