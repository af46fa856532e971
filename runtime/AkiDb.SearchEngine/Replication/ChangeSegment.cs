using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Replication;

/// <summary>
/// What became of the store between two numbers: not each step but the outcome, so that a document changed a hundred times is in it once.
/// </summary>
internal sealed class ChangeSegment
{
    private static readonly byte[] Magic = "AKIDBLG1"u8.ToArray();

    /// <summary>Number before the first change.</summary>
    public long After { get; init; }

    /// <summary>Number of the last change.</summary>
    public long Last { get; init; }

    /// <summary>Collections that are gone.</summary>
    public List<(long Collection, long Sequence)> Drops { get; init; } = [];

    /// <summary>New collections.</summary>
    public List<CollectionRecord> Creates { get; init; } = [];

    /// <summary>Documents that are gone.</summary>
    public List<(long Place, long Sequence)> Deletions { get; init; } = [];

    /// <summary>The next key of collections that documents were added to.</summary>
    public List<(long Collection, ulong NextKey)> NextKeys { get; init; } = [];

    /// <summary>Documents as they are now.</summary>
    public List<(long Collection, StoredDocument Document)> Puts { get; init; } = [];

    /// <summary>The segment as bytes: little-endian, strings with their length before them.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(After);
        writer.Write(Last);
        WriteList(writer, Drops, drop =>
        {
            writer.Write(drop.Collection);
            writer.Write(drop.Sequence);
        });
        WriteList(writer, Creates, record =>
        {
            writer.Write(record.Id);
            writer.Write(JsonSerializer.Serialize(record.Settings, CollectionSettingsJson.Default.CollectionSettings));
            writer.Write(record.NextKey);
            writer.Write(record.Sequence);
        });
        WriteList(writer, Deletions, deletion =>
        {
            writer.Write(deletion.Place);
            writer.Write(deletion.Sequence);
        });
        WriteList(writer, NextKeys, next =>
        {
            writer.Write(next.Collection);
            writer.Write(next.NextKey);
        });
        WriteList(writer, Puts, put => WritePut(writer, put.Collection, put.Document));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="PublishedDataException">It is something else.</exception>
    public static ChangeSegment FromBytes(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            {
                throw new PublishedDataException("A piece of the log does not begin as one.");
            }

            return new ChangeSegment
            {
                After = reader.ReadInt64(),
                Last = reader.ReadInt64(),
                Drops = ReadList(reader, () => (reader.ReadInt64(), reader.ReadInt64())),
                Creates = ReadList(reader, () => ReadRecord(reader)),
                Deletions = ReadList(reader, () => (reader.ReadInt64(), reader.ReadInt64())),
                NextKeys = ReadList(reader, () => (reader.ReadInt64(), reader.ReadUInt64())),
                Puts = ReadList(reader, () => ReadPut(reader)),
            };
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or IOException or ArgumentException)
        {
            throw new PublishedDataException($"A piece of the log cannot be read: {e.Message}");
        }
    }

    private static CollectionRecord ReadRecord(BinaryReader reader)
    {
        var id = reader.ReadInt64();
        var settings = JsonSerializer.Deserialize(reader.ReadString(), CollectionSettingsJson.Default.CollectionSettings)!;
        return new CollectionRecord(id, settings, reader.ReadUInt64(), reader.ReadInt64());
    }

    private static void WritePut(BinaryWriter writer, long collection, StoredDocument document)
    {
        writer.Write(collection);
        writer.Write(document.Key);
        writer.Write(document.Sequence);
        writer.Write(document.Id);
        WriteOptional(writer, document.Text);
        WriteOptional(writer, document.Metadata);
        writer.Write(document.Vector!.Length);
        writer.Write(MemoryMarshal.AsBytes(document.Vector.AsSpan()));
    }

    private static (long, StoredDocument) ReadPut(BinaryReader reader)
    {
        var collection = reader.ReadInt64();
        var key = reader.ReadUInt64();
        var sequence = reader.ReadInt64();
        var id = reader.ReadString();
        var text = ReadOptional(reader);
        var metadata = ReadOptional(reader);
        var vector = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
        return (collection, new StoredDocument(key, id, sequence, text, metadata, vector));
    }

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static void WriteList<T>(BinaryWriter writer, List<T> items, Action<T> write)
    {
        writer.Write(items.Count);
        items.ForEach(write);
    }

    private static List<T> ReadList<T>(BinaryReader reader, Func<T> read)
    {
        var count = reader.ReadInt32();
        var items = new List<T>();
        for (var i = 0; i < count; i++)
        {
            items.Add(read());
        }

        return items;
    }
}
