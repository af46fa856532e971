namespace AkiDb.Embedding;

/// <summary>A model is missing, is not the one that was asked for, or cannot be run; the message names model, file and what would be right.</summary>
public sealed class EmbeddingModelException : Exception
{
    public EmbeddingModelException(string message)
        : base(message)
    {
    }

    public EmbeddingModelException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public EmbeddingModelException()
    {
    }
}
