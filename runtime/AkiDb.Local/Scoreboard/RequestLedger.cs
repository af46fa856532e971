using System.Diagnostics;
using AkiDb.Local.Traffic;

namespace AkiDb.Local.Scoreboard;

/// <summary>What became of the requests: of all of them for the report, of the newest for the page. Thread-safe.</summary>
internal sealed class RequestLedger
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Queue<RequestResult> _recent = new();
    private readonly List<(RequestKind Kind, double Milliseconds)> _all = [];
    private readonly Dictionary<RequestKind, (long Sent, long Failed)> _counts = [];
    private long? _first;

    /// <summary>Takes in one result. Failures count as failures and have no latency.</summary>
    public void Add(RequestResult result)
    {
        lock (_lock)
        {
            _recent.Enqueue(result);
            _first ??= result.At;
            var (sent, failed) = _counts.GetValueOrDefault(result.Kind);
            _counts[result.Kind] = (sent + 1, failed + (result.Succeeded ? 0 : 1));
            if (result.Succeeded)
            {
                _all.Add((result.Kind, result.Milliseconds));
            }
        }
    }

    /// <summary>Requests a second, and latencies of queries, of the last ten seconds: it is queries that people wait for.</summary>
    public (double RequestsPerSecond, Quantiles? Latency) Recent()
    {
        lock (_lock)
        {
            while (_recent.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.At) > Window)
            {
                _recent.Dequeue();
            }

            // Ten seconds, or less at the beginning.
            var seconds = _first is { } first ? Math.Clamp(Stopwatch.GetElapsedTime(first).TotalSeconds, 1, Window.TotalSeconds) : Window.TotalSeconds;
            return (_recent.Count / seconds, Quantiles.Of(_recent.Where(result => result is { Succeeded: true, Kind: RequestKind.Query }).Select(result => result.Milliseconds)));
        }
    }

    /// <summary>Latencies of the whole run; null before the first answer.</summary>
    /// <param name="kind">Of these requests; null for all.</param>
    public Quantiles? Whole(RequestKind? kind)
    {
        lock (_lock)
        {
            return Quantiles.Of(_all.Where(one => kind is null || one.Kind == kind).Select(one => one.Milliseconds));
        }
    }

    /// <summary>Requests sent and failed, by kind.</summary>
    public IReadOnlyDictionary<RequestKind, (long Sent, long Failed)> Counts()
    {
        lock (_lock)
        {
            return new Dictionary<RequestKind, (long, long)>(_counts);
        }
    }
}
