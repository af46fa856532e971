namespace AkiDb.SearchEngine.Store;

/// <summary>The store cannot be opened or used as it is; the message says what to do.</summary>
internal sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Why a write was refused.</summary>
internal enum WriteRefusal
{
    /// <summary>There is no such collection.</summary>
    NoCollection,

    /// <summary>A collection of that name exists.</summary>
    CollectionExists,

    /// <summary>The store has as many collections as it may.</summary>
    TooManyCollections,

    /// <summary>The service is stopping.</summary>
    Stopping,
}

/// <summary>A write was refused and changed nothing.</summary>
internal sealed class WriteRefusedException(WriteRefusal refusal, string message) : Exception(message)
{
    public WriteRefusal Refusal { get; } = refusal;
}
