namespace AkiDb.ObjectStorage;

/// <summary>
/// Named byte strings in a folder or in an S3-compatible bucket. Thread-safe. Keys are relative paths of one or more segments
/// separated by '/', e.g. <c>models/all-MiniLM-L6-v2/vocab.txt</c>; see <see cref="ObjectKey"/>.
/// </summary>
public interface IObjectStore : IDisposable
{
    /// <summary>Where the objects are, for messages: a folder or <c>s3://bucket/prefix</c>.</summary>
    string Location { get; }

    /// <summary>Opens an object for reading from its start; null if there is none. The caller disposes the stream.</summary>
    /// <exception cref="ObjectStorageException">The store refused or failed, also after retries.</exception>
    Task<Stream?> OpenAsync(string key, CancellationToken cancellation);

    /// <summary>Writes an object as a whole: a reader sees the old one or the new one, never a part. When it returns it is durable.</summary>
    /// <param name="key">Name; an object of that name is replaced.</param>
    /// <param name="content">Read from its position to its end; must be seekable, since an attempt may be repeated.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ObjectStorageException">The store refused or failed, also after retries.</exception>
    Task PutAsync(string key, Stream content, CancellationToken cancellation);

    /// <summary>Reads a small object whole; null if there is none.</summary>
    /// <param name="key">Name.</param>
    /// <param name="unlessTag">Leave the content out where the object still has this tag; null to read it in any case.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ObjectStorageException">The store refused or failed, also after retries.</exception>
    Task<TaggedObject?> ReadAsync(string key, string? unlessTag, CancellationToken cancellation);

    /// <summary>Writes a small object over the version that the caller read, and over no other; returns the new version's tag.</summary>
    /// <param name="key">Name.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="tag">Tag of the version to replace; null where there must be no object yet.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="ObjectChangedException">Another version is there.</exception>
    /// <exception cref="ObjectStorageException">The store refused or failed, also after retries.</exception>
    Task<string> ReplaceAsync(string key, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation);

    /// <summary>The objects whose keys start with a prefix, in the order of their keys' UTF-8 bytes.</summary>
    /// <param name="prefix">A beginning of keys, not necessarily a whole segment; "" lists everything.</param>
    /// <param name="cancellation">Ends the listing.</param>
    /// <exception cref="ObjectStorageException">The store refused or failed, also after retries.</exception>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>Deletes an object; one that is not there is no error.</summary>
    /// <exception cref="ObjectStorageException">The store refused or failed, also after retries.</exception>
    Task DeleteAsync(string key, CancellationToken cancellation);
}
