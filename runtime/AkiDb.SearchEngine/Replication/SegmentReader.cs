using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Replication;

/// <summary>Reads from SQLite what changed since a number.</summary>
internal static class SegmentReader
{
    // Rows a segment: about 10 MB at 512 dimensions, what one upload and one transaction take well.
    private const int MaximumRows = 4_000;

    /// <summary>The next piece of the log; null when nothing changed.</summary>
    /// <param name="session">Reads one state of the store from beginning to end.</param>
    /// <param name="after">Number of the last change that is known.</param>
    /// <param name="isLast">True if the piece reaches the present.</param>
    public static ChangeSegment? Read(ReadSession session, long after, out bool isLast)
    {
        session.Connection.Execute("BEGIN");
        try
        {
            isLast = true;
            var last = session.Connection.Sequence();
            if (last == after)
            {
                return null;
            }

            var collections = ReadSession.Collections(session.Connection);
            var documents = session.ChangedAfter(after, MaximumRows);
            if (documents.Count == MaximumRows)
            {
                last = documents[^1].Document.Sequence;
                isLast = false;
            }

            var live = collections.ToDictionary(record => record.Id);
            var puts = documents.Where(change => live.ContainsKey(change.Collection)).ToList();
            return new ChangeSegment
            {
                After = after,
                Last = last,
                Drops = [.. session.Query($"SELECT collection, sequence FROM drops WHERE sequence > {after} AND sequence <= {last}", reader => (reader.GetInt64(0), reader.GetInt64(1)))],
                Creates = [.. collections.Where(record => record.Sequence > after && record.Sequence <= last)],
                Deletions = [.. session.Query($"SELECT place, sequence FROM deletions WHERE sequence > {after} AND sequence <= {last}", reader => (reader.GetInt64(0), reader.GetInt64(1)))],
                NextKeys = [.. puts.Select(put => put.Collection).Distinct().Select(id => (id, live[id].NextKey))],
                Puts = puts,
            };
        }
        finally
        {
            session.Connection.Execute("COMMIT");
        }
    }
}
