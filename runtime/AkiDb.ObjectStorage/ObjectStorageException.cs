namespace AkiDb.ObjectStorage;

/// <summary>A store refused or failed; the message names the store, the key and its answer.</summary>
public sealed class ObjectStorageException : IOException
{
    public ObjectStorageException(string message)
        : base(message)
    {
    }

    public ObjectStorageException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ObjectStorageException()
    {
    }
}
