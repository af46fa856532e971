using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AkiDb.SearchEngine.Collections;
using Microsoft.Data.Sqlite;

namespace AkiDb.SearchEngine.Store;

/// <summary>
/// The open transaction of the one thread that writes, with its prepared statements. What a job changed is forgotten again when the job
/// fails, so that the others of the same flush are not lost with it.
/// </summary>
internal sealed class WriteTransaction : IDisposable
{
    /// <summary>Most collections of a store.</summary>
    public const int MaximumCollections = 1_000;

    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _commands = [];
    private readonly SqliteCommand _findKey;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _putDeletion;
    private readonly SqliteCommand _setSequence;
    private readonly SqliteCommand _setNextKey;
    private readonly Dictionary<long, CollectionRecord> _collections;
    private readonly Dictionary<long, CollectionRecord> _touched = [];
    private readonly List<CollectionRecord> _created = [];
    private readonly List<long> _dropped = [];
    private readonly List<IndexChange> _changes = [];
    private (long Sequence, int Changes) _mark;

    public WriteTransaction(SqliteConnection connection)
    {
        _connection = connection;
        Sequence = connection.Sequence();
        _collections = ReadSession.Collections(connection).ToDictionary(record => record.Id);
        _findKey = Prepare("SELECT place FROM documents WHERE collection = $a AND id = $b", 2);
        _put = Prepare("INSERT OR REPLACE INTO documents(place, collection, id, sequence, metadata, text, vector) VALUES ($a, $b, $c, $d, $e, $f, $g)", 7);
        _delete = Prepare("DELETE FROM documents WHERE place = $a", 1);
        _putDeletion = Prepare("INSERT OR REPLACE INTO deletions(place, sequence) VALUES ($a, $b)", 2);
        _setSequence = Prepare("UPDATE meta SET value = $a WHERE name = 'sequence'", 1);
        _setNextKey = Prepare("UPDATE collections SET next_key = $b WHERE id = $a", 2);
    }

    /// <summary>Number of the last change.</summary>
    public long Sequence { get; private set; }

    public void Begin() => _connection.Execute("BEGIN IMMEDIATE");

    /// <summary>Runs one job; when it throws, its changes are undone and the exception goes on.</summary>
    public WriteResult Run(WriteJob job)
    {
        _mark = (Sequence, _changes.Count);
        var touched = _touched.ToDictionary();
        var (created, dropped) = (_created.Count, _dropped.Count);
        _connection.Execute("SAVEPOINT job");
        try
        {
            var count = job.Execute(this);
            _connection.Execute("RELEASE job");
            return new WriteResult(Sequence, count);
        }
        catch
        {
            _connection.Execute("ROLLBACK TO job; RELEASE job");
            Sequence = _mark.Sequence;
            _changes.RemoveRange(_mark.Changes, _changes.Count - _mark.Changes);
            _created.RemoveRange(created, _created.Count - created);
            _dropped.RemoveRange(dropped, _dropped.Count - dropped);
            Restore(_touched, touched);
            throw;
        }
    }

    /// <summary>Makes it durable: when this returns, it survives a crash.</summary>
    public CommittedBatch Commit(IReadOnlyList<WriteJob> jobs)
    {
        foreach (var record in _touched.Values)
        {
            Execute(_setNextKey, record.Id, (long)record.NextKey);
        }

        Execute(_setSequence, Sequence.ToString(CultureInfo.InvariantCulture));
        _connection.Execute("COMMIT");
        foreach (var record in _touched.Values.Concat(_created))
        {
            _collections[record.Id] = _touched.GetValueOrDefault(record.Id, record);
        }

        foreach (var id in _dropped)
        {
            _collections.Remove(id);
        }

        var batch = new CommittedBatch(Sequence, [.. _created], [.. _dropped], [.. _changes], jobs);
        Forget();
        return batch;
    }

    /// <summary>Undoes everything since <see cref="Begin"/>.</summary>
    public void Rollback()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolled back by itself, as after a full disk.
        }

        Sequence = _connection.Sequence();
        Forget();
    }

    /// <summary>Stores a document under its id, and under a new key where the id is new.</summary>
    public void Put(long collection, DocumentWrite document)
    {
        var record = Record(collection);
        var place = Execute(_findKey, collection, document.Id) as long?;
        var key = place is { } found ? (ulong)found & KeyMask : record.NextKey;
        if (place is null)
        {
            _touched[collection] = record with { NextKey = key + 1 };
        }

        Put(collection, key, ++Sequence, document);
    }

    /// <summary>Stores a document as another store has it.</summary>
    public void Put(long collection, ulong key, long sequence, DocumentWrite document)
    {
        Execute(_put, Place(collection, key), collection, document.Id, sequence, document.Metadata, document.Text,
            MemoryMarshal.AsBytes(document.Vector.AsSpan()).ToArray());
        _changes.Add(new IndexChange(collection, key, document));
    }

    /// <summary>Deletes a document; false when there is none.</summary>
    public bool Delete(long collection, string id)
    {
        Record(collection);
        if (Execute(_findKey, collection, id) is not long place)
        {
            return false;
        }

        Delete(collection, (ulong)place & KeyMask, ++Sequence);
        return true;
    }

    /// <summary>Deletes a document as another store has.</summary>
    public void Delete(long collection, ulong key, long sequence)
    {
        var place = Place(collection, key);
        Execute(_delete, place);
        Execute(_putDeletion, place, sequence);
        _changes.Add(new IndexChange(collection, key, null));
    }

    /// <summary>Makes a collection.</summary>
    /// <exception cref="WriteRefusedException">The name is taken, or there are too many.</exception>
    public void Create(CollectionSettings settings)
    {
        if (Existing().Any(record => record.Settings.Name == settings.Name))
        {
            throw new WriteRefusedException(WriteRefusal.CollectionExists, $"Collection '{settings.Name}' exists.");
        }

        if (Existing().Count() >= MaximumCollections)
        {
            throw new WriteRefusedException(WriteRefusal.TooManyCollections, $"The store has {MaximumCollections:#,0} collections, which is the most it may have.");
        }

        using var command = _connection.CreateCommand();
        // SQLite's own counter is not enough: a copy made from the log has never seen a collection that was made and dropped within one piece
        // of it, only the row that says so.
        command.CommandText = """
            INSERT INTO collections(id, name, settings, next_key, sequence)
            VALUES (1 + max(coalesce((SELECT max(id) FROM collections), 0), coalesce((SELECT max(collection) FROM drops), 0)), $name, $settings, 1, $sequence)
            RETURNING id
            """;
        command.Parameters.AddWithValue("$name", settings.Name);
        command.Parameters.AddWithValue("$settings", Json(settings));
        command.Parameters.AddWithValue("$sequence", ++Sequence);
        _created.Add(new CollectionRecord((long)command.ExecuteScalar()!, settings, 1, Sequence));
    }

    /// <summary>Makes a collection as another store has it; one that is there already, as after a snapshot in the midst of a piece of the log, stays.</summary>
    public void Create(CollectionRecord record)
    {
        if (Existing().Any(existing => existing.Id == record.Id))
        {
            return;
        }

        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO collections(id, name, settings, next_key, sequence) VALUES ($id, $name, $settings, $next, $sequence)";
        command.Parameters.AddWithValue("$id", record.Id);
        command.Parameters.AddWithValue("$name", record.Settings.Name);
        command.Parameters.AddWithValue("$settings", Json(record.Settings));
        command.Parameters.AddWithValue("$next", (long)record.NextKey);
        command.Parameters.AddWithValue("$sequence", record.Sequence);
        command.ExecuteNonQuery();
        _created.Add(record);
    }

    /// <summary>Drops a collection. Its documents are out of sight at once and cleared away later (<see cref="Sweep"/>).</summary>
    public void Drop(long collection, long? sequence = null)
    {
        if (sequence is null)
        {
            Record(collection);
        }

        _connection.Execute(string.Create(CultureInfo.InvariantCulture,
            $"DELETE FROM collections WHERE id = {collection}; INSERT OR REPLACE INTO drops VALUES ({collection}, {sequence ?? ++Sequence})"));
        _dropped.Add(collection);
    }

    /// <summary>Takes over the next key that another store gives.</summary>
    public void SetNextKey(long collection, ulong nextKey) => _touched[collection] = Record(collection) with { NextKey = nextKey };

    /// <summary>Takes over the number that another store reached.</summary>
    public void Advance(long sequence) => Sequence = sequence;

    /// <summary>Clears away documents of a dropped collection, so many at most; false when there are none left.</summary>
    public bool Sweep(long collection, int most)
    {
        var (low, high) = PlacesOf(collection);
        using var command = _connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"DELETE FROM documents WHERE place IN (SELECT place FROM documents WHERE place BETWEEN {low} AND {high} LIMIT {most})");
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>Forgets deletions that no index file and no reader needs any more, and notes how far: no log can begin before that.</summary>
    public void TrimDeletions(long sequence) => _connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO meta SELECT 'trimmed', max(sequence) FROM deletions WHERE sequence <= {sequence} HAVING count(*) > 0
            ON CONFLICT(name) DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER));
        DELETE FROM deletions WHERE sequence <= {sequence}
        """));

    public void Dispose() => _commands.ForEach(command => command.Dispose());

    /// <summary>First and last place of a collection.</summary>
    public static (long Low, long High) PlacesOf(long collection) => (collection << StoreDatabase.KeyBits, ((collection + 1) << StoreDatabase.KeyBits) - 1);

    /// <summary>A document's place.</summary>
    public static long Place(long collection, ulong key) => (collection << StoreDatabase.KeyBits) | (long)key;

    /// <summary>The key in a place.</summary>
    public const ulong KeyMask = (1UL << StoreDatabase.KeyBits) - 1;

    private CollectionRecord Record(long collection) =>
        _touched.TryGetValue(collection, out var touched) && !_dropped.Contains(collection) ? touched
        : Existing().FirstOrDefault(record => record.Id == collection)
            ?? throw new WriteRefusedException(WriteRefusal.NoCollection, "The collection was deleted.");

    private IEnumerable<CollectionRecord> Existing() => _collections.Values.Concat(_created).Where(record => !_dropped.Contains(record.Id));

    private void Forget()
    {
        _touched.Clear();
        _created.Clear();
        _dropped.Clear();
        _changes.Clear();
    }

    private static void Restore(Dictionary<long, CollectionRecord> target, Dictionary<long, CollectionRecord> source)
    {
        target.Clear();
        foreach (var (id, record) in source)
        {
            target[id] = record;
        }
    }

    private static string Json(CollectionSettings settings) => JsonSerializer.Serialize(settings, CollectionSettingsJson.Default.CollectionSettings);

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${(char)('a' + i)}" });
        }

        _commands.Add(command);
        return command;
    }

    private static object? Execute(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command.ExecuteScalar();
    }
}
