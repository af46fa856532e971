using System.Globalization;
using AkiDb.ObjectStorage;
using AkiDb.SearchEngine.Store;
using Microsoft.Data.Sqlite;

namespace AkiDb.SearchEngine.Replication;

/// <summary>Copies a whole store to where it is published, and from there to another folder.</summary>
internal sealed class Snapshot(IObjectStore objects)
{
    private const int PartBytes = 16 * 1024 * 1024;

    /// <summary>Publishes the files of a store as it is now. Writes go on meanwhile.</summary>
    public async Task<SnapshotEntry> UploadAsync(SearchStore store, CancellationToken cancellation)
    {
        await store.SaveIndexesAsync();
        var copy = Path.Combine(store.Folder, "snapshot.db");
        File.Delete(copy);
        try
        {
            var sequence = CopyDatabase(store, copy);
            var files = new List<FileEntry> { await UploadFileAsync(SearchStore.DatabaseName, copy, sequence, cancellation) };
            foreach (var collection in store.Catalog.All)
            {
                // An index saved after the copy knows changes that the copy does not have.
                if (store.Files.Newest(collection.Id) is { } index && index.Sequence <= sequence)
                {
                    files.Add(await UploadFileAsync($"index/{Path.GetFileName(index.Path)}", index.Path, sequence, cancellation));
                }
            }

            return new SnapshotEntry(sequence, files);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Fetches a snapshot into an empty folder.</summary>
    /// <exception cref="PublishedDataException">A part is missing or damaged.</exception>
    public async Task DownloadAsync(SnapshotEntry snapshot, string folder, CancellationToken cancellation)
    {
        foreach (var file in snapshot.Files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file.Name));
            if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new PublishedDataException($"The manifest names a file outside of the store: '{file.Name}'.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var output = new FileStream(path, FileMode.Create, FileAccess.Write);
            foreach (var part in file.Parts)
            {
                await output.WriteAsync(await part.ReadAsync(objects, cancellation), cancellation);
            }

            output.Flush(flushToDisk: true);
        }
    }

    private static long CopyDatabase(SearchStore store, string target)
    {
        // One statement reads one state of the store, whatever is written meanwhile, and leaves free pages behind.
        using (var source = new SqliteConnection($"Data Source={Path.Combine(store.Folder, SearchStore.DatabaseName)};Pooling=False"))
        {
            source.Open();
            using var command = source.CreateCommand();
            command.CommandText = "VACUUM INTO $target";
            command.Parameters.AddWithValue("$target", target);
            command.CommandTimeout = 0;
            command.ExecuteNonQuery();
        }

        using var copy = new SqliteConnection($"Data Source={target};Mode=ReadOnly;Pooling=False");
        copy.Open();
        return copy.Sequence();
    }

    private async Task<FileEntry> UploadFileAsync(string name, string path, long sequence, CancellationToken cancellation)
    {
        var parts = new List<PartEntry>();
        var buffer = new byte[PartBytes];
        await using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        int count;
        while ((count = await input.ReadAtLeastAsync(buffer, PartBytes, throwOnEndOfStream: false, cancellation)) > 0)
        {
            var part = PartEntry.Of(string.Create(CultureInfo.InvariantCulture, $"snapshot/{sequence:D20}/{name}.{parts.Count:D4}"), buffer.AsSpan(0, count));
            await objects.PutAsync(part.Object, new MemoryStream(buffer, 0, count, writable: false), cancellation);
            parts.Add(part);
        }

        return new FileEntry(name, parts);
    }
}
