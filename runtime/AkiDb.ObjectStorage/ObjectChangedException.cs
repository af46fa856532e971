namespace AkiDb.ObjectStorage;

/// <summary>An object is no longer the version that was to be replaced: somebody else wrote it.</summary>
public sealed class ObjectChangedException : IOException
{
    public ObjectChangedException(string message)
        : base(message)
    {
    }

    public ObjectChangedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ObjectChangedException()
    {
    }
}
