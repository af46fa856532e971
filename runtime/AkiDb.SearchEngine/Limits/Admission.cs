using System.Threading.RateLimiting;
using AkiDb.Contracts;
using AkiDb.SearchEngine.Api;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.SearchEngine.Limits;

/// <summary>Which queue a request waits in.</summary>
internal enum RequestKind
{
    /// <summary>Health, metrics, pages, status: never waits.</summary>
    Free,

    /// <summary>Queries and embeddings.</summary>
    Query,

    /// <summary>Writes, exports, imports: a bulk load must not stand before the queries.</summary>
    Write,
}

/// <summary>
/// So many requests at once, so many waiting, the rest refused at once: a queue without a bound would answer everybody too late
/// instead of most in time.
/// </summary>
internal sealed class Admission : IDisposable
{
    private readonly ConcurrencyLimiter _queries;
    private readonly ConcurrencyLimiter _writes;
    private readonly Counter _refused;
    private readonly RequestLimits _limits;

    public Admission(RequestLimits limits, MetricRegistry registry, params (string, string)[] place)
    {
        _limits = limits;
        _queries = Limiter(limits.QueriesAtOnce, limits.Queue);
        _writes = Limiter(limits.Writes, limits.Queue);
        _refused = registry.Counter(SearchMetricNames.Refused, "Requests refused because too many waited.", place);
        var queued = registry.Gauge(SearchMetricNames.Queued, "Requests that wait for their turn.", place);
        registry.BeforeExposition(() => queued.Value = Waiting(_queries) + Waiting(_writes));
    }

    /// <summary>Time that requests of a kind get.</summary>
    public TimeSpan? TimeoutOf(RequestKind kind) => kind switch
    {
        RequestKind.Query => _limits.QueryTimeout,
        RequestKind.Write => _limits.WriteTimeout,
        _ => null,
    };

    /// <summary>Waits for the request's turn; dispose of the lease when it is done. Null where none is needed.</summary>
    /// <exception cref="ProblemException">Too many wait already.</exception>
    public async ValueTask<RateLimitLease?> EnterAsync(RequestKind kind, CancellationToken cancellation)
    {
        if (kind == RequestKind.Free)
        {
            return null;
        }

        var lease = await (kind == RequestKind.Query ? _queries : _writes).AcquireAsync(1, cancellation);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        _refused.Increment();
        throw new ProblemException(StatusCodes.Status429TooManyRequests, "Too many requests",
            $"{_limits.Queue:#,0} requests of this kind wait already. Try again later, or ask another replica.")
        { RetryAfterSeconds = 1 };
    }

    public void Dispose()
    {
        _queries.Dispose();
        _writes.Dispose();
    }

    private static ConcurrencyLimiter Limiter(int permits, int queue) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private static long Waiting(ConcurrencyLimiter limiter) => limiter.GetStatistics()?.CurrentQueuedCount ?? 0;
}
