using System.Globalization;

namespace AkiDb.SearchEngine.Limits;

/// <summary>What one request may ask for, and how many may at once.</summary>
internal sealed record RequestLimits
{
    /// <summary>Largest k.</summary>
    public const int MaximumK = 1_000;

    /// <summary>Largest ef of a query, and of a collection that is made.</summary>
    public const int MaximumWidth = 4_096;

    /// <summary>Longest id, bytes of UTF-8.</summary>
    public const int MaximumIdBytes = 512;

    /// <summary>Longest text, characters. A model reads far less; the rest is stored.</summary>
    public const int MaximumTextLength = 64 * 1024;

    /// <summary>Bytes of a request's body; an import's may be longer. Default: 32 MiB.</summary>
    public long BodyBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>Documents, ids or texts of one request. Default: 1,000.</summary>
    public int Batch { get; init; } = 1_000;

    /// <summary>Queries and embeddings worked on at once; 0 for twice the processors, which keeps them busy and no more.</summary>
    public int Queries { get; init; }

    /// <summary>Writes worked on at once: those that wait for the same flush share it. Default: 64.</summary>
    public int Writes { get; init; } = 64;

    /// <summary>Requests of each kind that may wait for their turn; the next is refused with 429. Default: 512.</summary>
    public int Queue { get; init; } = 512;

    /// <summary>Time for a query, that in which it waits for its turn included. Default: 10 s.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for a write, the same way, and for each step of an import. Default: 60 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary><see cref="Queries"/>, resolved.</summary>
    public int QueriesAtOnce => Queries > 0 ? Queries : 2 * Environment.ProcessorCount;

    /// <summary>What is wrong, a sentence each.</summary>
    public IEnumerable<string> FindProblems()
    {
        (string Option, long Value, long Low, long High)[] ranges =
        [
            ("--max-body-mib", BodyBytes / 1024 / 1024, 1, 1024),
            ("--max-batch", Batch, 1, 10_000),
            ("--max-queries", Queries, 0, 1_024),
            ("--max-writes", Writes, 1, 1_024),
            ("--max-queue", Queue, 0, 100_000),
        ];
        return ranges.Where(range => range.Value < range.Low || range.Value > range.High)
            .Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Option} is {range.Value}; wanted {range.Low} to {range.High}"));
    }
}
