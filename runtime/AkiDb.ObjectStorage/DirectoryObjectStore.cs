using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace AkiDb.ObjectStorage;

/// <summary>Objects as files of a folder.</summary>
public sealed class DirectoryObjectStore : IObjectStore
{
    // Not a legal key's end, so a listing can tell a file that is being written.
    private const string Unfinished = "~";

    private readonly string _root;

    /// <param name="folder">The folder; made when the first object is written.</param>
    public DirectoryObjectStore(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _root = Path.GetFullPath(folder);
    }

    public string Location => _root;

    public Task<Stream?> OpenAsync(string key, CancellationToken cancellation)
    {
        string path = PathOf(key);
        try
        {
            return Task.FromResult<Stream?>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ObjectStorageException($"'{path}' cannot be read: {problem.Message}", problem);
        }
    }

    public async Task PutAsync(string key, Stream content, CancellationToken cancellation)
    {
        string path = PathOf(key);
        string unfinished = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                await content.CopyToAsync(file, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ObjectStorageException($"'{path}' cannot be written: {problem.Message}", problem);
        }
        finally
        {
            // Gone already if the write succeeded.
            File.Delete(unfinished);
        }
    }

    public async Task<TaggedObject?> ReadAsync(string key, string? unlessTag, CancellationToken cancellation)
    {
        await using Stream? stream = await OpenAsync(key, cancellation);
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, cancellation);
        string tag = TagOf(content);
        return new TaggedObject(tag == unlessTag ? (ReadOnlyMemory<byte>?)null : content, tag);
    }

    // Between the look and the rename another process could come: a folder is for one writer, whom his own lock keeps alone.
    public async Task<string> ReplaceAsync(string key, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation)
    {
        TaggedObject? there = await ReadAsync(key, tag, cancellation);
        if (there?.Tag != tag)
        {
            throw new ObjectChangedException($"'{PathOf(key)}' was written by another process.");
        }

        using var stream = new MemoryStream(content.ToArray(), writable: false);
        await PutAsync(key, stream, cancellation);
        return TagOf(content.Span);
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(_root))
        {
            yield break;
        }

        IOrderedEnumerable<StoredObject> objects = new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.Name.EndsWith(Unfinished, StringComparison.Ordinal))
            .Select(file => new StoredObject(Path.GetRelativePath(_root, file.FullName), file.Length, new DateTimeOffset(file.LastWriteTimeUtc)))
            .Where(stored => stored.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(stored => stored.Key, StringComparer.Ordinal);
        foreach (StoredObject stored in objects)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return stored;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        string path = PathOf(key);
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Not there is no error.
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ObjectStorageException($"'{path}' cannot be deleted: {problem.Message}", problem);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Nothing is held open between calls.
    }

    private static string TagOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private string PathOf(string key)
    {
        ObjectKey.Check(key);
        return Path.Combine(_root, key);
    }
}
