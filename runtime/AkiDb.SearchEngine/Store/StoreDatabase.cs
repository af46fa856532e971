using System.Globalization;
using AkiDb.Contracts;
using Microsoft.Data.Sqlite;

namespace AkiDb.SearchEngine.Store;

/// <summary>The SQLite file that is the record of everything: its tables, and how connections to it are set.</summary>
internal static class StoreDatabase
{
    /// <summary>Version of the tables; another one is refused.</summary>
    public const int Version = 1;

    /// <summary>A document's place is its collection's number above this many bits, its key in the index below.</summary>
    public const int KeyBits = 40;

    private const string Tables = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE collections(
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL, next_key INTEGER NOT NULL, sequence INTEGER NOT NULL);
        CREATE TABLE documents(
            place INTEGER PRIMARY KEY, collection INTEGER NOT NULL, id TEXT NOT NULL, sequence INTEGER NOT NULL, metadata TEXT, text TEXT, vector BLOB NOT NULL);
        CREATE UNIQUE INDEX documents_id ON documents(collection, id);
        CREATE INDEX documents_sequence ON documents(sequence);
        CREATE TABLE deletions(place INTEGER PRIMARY KEY, sequence INTEGER NOT NULL);
        CREATE INDEX deletions_sequence ON deletions(sequence);
        CREATE TABLE drops(collection INTEGER PRIMARY KEY, sequence INTEGER NOT NULL);
        """;

    /// <summary>Opens the file for the one thread that writes, making it where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isRecord">True for the writer's, where a commit must survive the machine; false for a reader's copy, which can be
    /// fetched again.</param>
    /// <param name="newId">Identity of a store that is made here; null for one of its own.</param>
    /// <exception cref="StoreException">The file is damaged or of another version.</exception>
    public static SqliteConnection OpenForWriting(string path, bool isRecord, string? newId = null)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        try
        {
            connection.Open();
            // The page size before the first page: a document of 512 numbers takes 2 KiB, three of which fit 8 KiB but only one 4 KiB.
            connection.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL");
            connection.Execute($"PRAGMA synchronous = {(isRecord ? "FULL" : "NORMAL")}; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4096");
            CheckVersion(connection, path, newId);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Damaged(path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file to read beside the writer.</summary>
    public static SqliteConnection OpenForReading(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        connection.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -8192");
        return connection;
    }

    /// <summary>Reads every page and compares tables with their indexes.</summary>
    /// <exception cref="StoreException">Something does not fit.</exception>
    public static void Check(SqliteConnection connection)
    {
        try
        {
            var answer = connection.Scalar("PRAGMA quick_check(1)") as string;
            if (answer != "ok")
            {
                throw Damaged(connection.DataSource, null, answer);
            }
        }
        catch (SqliteException e)
        {
            throw Damaged(connection.DataSource, e);
        }
    }

    /// <summary>Runs statements that give nothing.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>First column of the first row; null for none.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>A value of the table <c>meta</c>.</summary>
    public static string Meta(this SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM meta WHERE name = $name";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() as string ?? throw new StoreException($"Store '{connection.DataSource}' has no '{name}'; it is not a store of AkiDB.");
    }

    /// <summary>Number of the last change.</summary>
    public static long Sequence(this SqliteConnection connection) => long.Parse(connection.Meta("sequence"), CultureInfo.InvariantCulture);

    /// <summary>Number of the last deletion that is forgotten: a log that begins before it would miss some. 0 where none is.</summary>
    public static long Trimmed(this SqliteConnection connection) =>
        connection.Scalar("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'trimmed'") as long? ?? 0;

    private static void CheckVersion(SqliteConnection connection, string path, string? newId)
    {
        var version = Convert.ToInt32(connection.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version == 0 && connection.Scalar("SELECT count(*) FROM sqlite_schema") is 0L)
        {
            connection.Execute($"BEGIN; {Tables} INSERT INTO meta VALUES ('store', '{newId ?? Guid.NewGuid().ToString("N")}'), ('sequence', '0'); PRAGMA user_version = {Version}; COMMIT");
        }
        else if (version != Version)
        {
            throw new StoreException($"Store '{path}' has version {version}; this {ServiceNames.SearchEngine} reads version {Version}.");
        }
    }

    private static StoreException Damaged(string path, Exception? inner, string? found = null) => new(
        $"Store '{path}' is damaged: {found ?? inner!.Message}. Put it aside and bring back the published copy: "
        + "akidb search restore --data DIR --from PLACE (docs/search-engine.md, \"When files are damaged\").", inner);
}
