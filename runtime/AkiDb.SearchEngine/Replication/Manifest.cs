using System.Security.Cryptography;
using System.Text.Json.Serialization;
using AkiDb.ObjectStorage;

namespace AkiDb.SearchEngine.Replication;

/// <summary>What is published at the moment: the one object that is ever overwritten, and only by whoever wrote the version before.</summary>
internal sealed record Manifest
{
    /// <summary>Its name.</summary>
    public const string ObjectName = "manifest.json";

    /// <summary>The version that this program reads and writes.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>Identity of the store.</summary>
    public required string Store { get; init; }

    /// <summary>Number of the last change that snapshot and log contain.</summary>
    public required long Sequence { get; init; }

    /// <summary>They contain everything that was acknowledged before this time, by the writer's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Where a new reader begins; null while the log goes back to the first change.</summary>
    public SnapshotEntry? Snapshot { get; init; }

    /// <summary>The log, in order and without a gap: what changed after the snapshot, and, for readers that follow, after the one before.</summary>
    public IReadOnlyList<SegmentEntry> Segments { get; init; } = [];

    /// <summary>Objects that the present snapshot replaced; deleted with the next one, when no reader is reading them any more.</summary>
    public IReadOnlyList<string> Retired { get; init; } = [];
}

/// <summary>A copy of the store.</summary>
/// <param name="Sequence">Number of the last change in it.</param>
/// <param name="Files">Its files.</param>
internal sealed record SnapshotEntry(long Sequence, IReadOnlyList<FileEntry> Files);

/// <summary>A file, in parts of which each is an object.</summary>
/// <param name="Name">Path in the store's folder.</param>
/// <param name="Parts">Its content, in order.</param>
internal sealed record FileEntry(string Name, IReadOnlyList<PartEntry> Parts);

/// <summary>An object of known content.</summary>
/// <param name="Object">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hexadecimal.</param>
internal sealed record PartEntry(string Object, long Bytes, string Sha256)
{
    /// <summary>Describes an object.</summary>
    public static PartEntry Of(string name, ReadOnlySpan<byte> content) => new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Reads the object and makes sure that it is what was published.</summary>
    /// <exception cref="PublishedDataException">It is not there, or something else.</exception>
    public async Task<byte[]> ReadAsync(IObjectStore objects, CancellationToken cancellation)
    {
        await using var stream = await objects.OpenAsync(Object, cancellation) ?? throw new PublishedDataException($"'{Object}' is not there (yet).");
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellation);
        var bytes = content.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return bytes.Length == Bytes && hash == Sha256 ? bytes
            : throw new PublishedDataException($"'{Object}' has {bytes.Length} bytes with SHA-256 {hash}; the manifest says {Bytes} with {Sha256}.");
    }
}

/// <summary>A piece of the log.</summary>
/// <param name="First">Number of its first change.</param>
/// <param name="Last">Number of its last change.</param>
/// <param name="Content">The object.</param>
internal sealed record SegmentEntry(long First, long Last, PartEntry Content);

/// <summary>What is published is missing or not what it should be.</summary>
internal sealed class PublishedDataException(string message) : Exception(message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
