using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AkiDb.SearchEngine.Collections;
using Microsoft.Data.Sqlite;

namespace AkiDb.SearchEngine.Store;

/// <summary>A connection for reading with its prepared statements. One thread at a time.</summary>
internal sealed class ReadSession : IDisposable
{
    private readonly SqliteCommand _byKey;
    private readonly SqliteCommand _byId;

    public ReadSession(string path)
    {
        Connection = StoreDatabase.OpenForReading(path);
        _byKey = Prepare("SELECT place, id, sequence, text, metadata, vector FROM documents WHERE place = $a", "$a");
        _byId = Prepare("SELECT place, id, sequence, text, metadata, vector FROM documents WHERE collection = $a AND id = $b", "$a", "$b");
    }

    public SqliteConnection Connection { get; }

    /// <summary>Collections of a store.</summary>
    public static List<CollectionRecord> Collections(SqliteConnection connection, long after = -1)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, settings, next_key, sequence FROM collections WHERE sequence > $after ORDER BY sequence";
        command.Parameters.AddWithValue("$after", after);
        using var reader = command.ExecuteReader();
        var records = new List<CollectionRecord>();
        while (reader.Read())
        {
            var settings = JsonSerializer.Deserialize(reader.GetString(1), CollectionSettingsJson.Default.CollectionSettings)!;
            records.Add(new CollectionRecord(reader.GetInt64(0), settings, (ulong)reader.GetInt64(2), reader.GetInt64(3)));
        }

        return records;
    }

    /// <summary>The document of a key, or null.</summary>
    public StoredDocument? Find(long collection, ulong key, bool withVector)
    {
        _byKey.Parameters[0].Value = WriteTransaction.Place(collection, key);
        return ReadOne(_byKey, withVector);
    }

    /// <summary>The document of an id, or null.</summary>
    public StoredDocument? Find(long collection, string id, bool withVector)
    {
        _byId.Parameters[0].Value = collection;
        _byId.Parameters[1].Value = id;
        return ReadOne(_byId, withVector);
    }

    /// <summary>Documents of a collection by key.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="after">Only those changed after this number; 0 for all.</param>
    public IEnumerable<StoredDocument> Documents(long collection, long after = 0)
    {
        var (low, high) = WriteTransaction.PlacesOf(collection);
        return after > 0
            ? Query($"SELECT place, id, sequence, text, metadata, vector FROM documents WHERE sequence > {after} AND place BETWEEN {low} AND {high}", Read)
            : Query($"SELECT place, id, sequence, text, metadata, vector FROM documents WHERE place BETWEEN {low} AND {high} ORDER BY place", Read);
    }

    /// <summary>Documents of all collections changed after a number, in the order of their changes, so many at most.</summary>
    public List<(long Collection, StoredDocument Document)> ChangedAfter(long after, int most) =>
        [.. Query($"SELECT place, id, sequence, text, metadata, vector FROM documents WHERE sequence > {after} ORDER BY sequence LIMIT {most}",
            reader => (reader.GetInt64(0) >> StoreDatabase.KeyBits, Read(reader)))];

    /// <summary>Key, id and metadata of every document of a collection, without touching vectors.</summary>
    public IEnumerable<(ulong Key, string Id, string? Metadata)> Cards(long collection)
    {
        var (low, high) = WriteTransaction.PlacesOf(collection);
        return Query($"SELECT place, id, metadata FROM documents WHERE place BETWEEN {low} AND {high}",
            reader => ((ulong)reader.GetInt64(0) & WriteTransaction.KeyMask, reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
    }

    /// <summary>Keys of a collection that were deleted after a number.</summary>
    public IEnumerable<ulong> Deletions(long collection, long after)
    {
        var (low, high) = WriteTransaction.PlacesOf(collection);
        return Query($"SELECT place FROM deletions WHERE place BETWEEN {low} AND {high} AND sequence > {after}",
            reader => (ulong)reader.GetInt64(0) & WriteTransaction.KeyMask);
    }

    /// <summary>Rows of a query, read as they are asked for.</summary>
    public IEnumerable<T> Query<T>(FormattableString sql, Func<SqliteDataReader, T> read)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql.ToString(CultureInfo.InvariantCulture);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }

    public void Dispose()
    {
        _byKey.Dispose();
        _byId.Dispose();
        Connection.Dispose();
    }

    private static StoredDocument? ReadOne(SqliteCommand command, bool withVector)
    {
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader, withVector) : null;
    }

    private static StoredDocument Read(SqliteDataReader reader) => Read(reader, withVector: true);

    private static StoredDocument Read(SqliteDataReader reader, bool withVector) => new(
        (ulong)reader.GetInt64(0) & WriteTransaction.KeyMask,
        reader.GetString(1),
        reader.GetInt64(2),
        reader.IsDBNull(3) ? null : reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetString(4),
        withVector ? MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(5)).ToArray() : null);

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }
}

/// <summary>Read sessions for as many threads as read at once.</summary>
internal sealed class ReadSessions(string path) : IDisposable
{
    private readonly ConcurrentBag<ReadSession> _idle = [];
    private volatile bool _isClosed;

    public ReadSession Rent() => _idle.TryTake(out var session) ? session : new ReadSession(path);

    public void Return(ReadSession session)
    {
        if (_isClosed)
        {
            session.Dispose();
        }
        else
        {
            _idle.Add(session);
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
