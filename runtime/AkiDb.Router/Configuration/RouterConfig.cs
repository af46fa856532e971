namespace AkiDb.Router.Configuration;

/// <summary>The router's settings as one file says them; already checked, so every value is in its range.</summary>
public sealed record RouterConfig
{
    /// <summary>Name of the Kubernetes cluster, a label of every metric.</summary>
    public required string Cluster { get; init; }

    /// <summary>AWS region or edge site of this router, a label of every metric.</summary>
    public required string Region { get; init; }

    /// <summary>Latency budget of a request that names none, in milliseconds. Default: 50 (specification).</summary>
    public int DefaultLatencyBudgetMs { get; init; } = 50;

    /// <summary>
    /// Share of the requests that may be answered later than their budget by a backend that was said to fit it. Default: 0.001. The
    /// 95th percentile of a backend's latency must fit a budget (specification); while more miss than this, a higher one must.
    /// 1 leaves it at the 95th.
    /// </summary>
    public double MaxMissedBudgets { get; init; } = 0.001;

    /// <summary>Share of a backend's capacity above which the next backend is preferred. Default: 0.8 (specification).</summary>
    public double MaxLoad { get; init; } = 0.8;

    /// <summary>Backends in the order of the file.</summary>
    public required IReadOnlyList<BackendConfig> Backends { get; init; }

    /// <summary>Routes in the order of the file; the first whose path is a prefix of the request's applies.</summary>
    public IReadOnlyList<RouteConfig> Routes { get; init; } = [];

    public HealthConfig Health { get; init; } = new();

    public RetryConfig Retry { get; init; } = new();

    public TimeoutConfig Timeouts { get; init; } = new();

    public LimitConfig Limits { get; init; } = new();

    /// <summary>Shared load counters; null when this router counts alone.</summary>
    public RedisConfig? Redis { get; init; }

    public AccessLogConfig AccessLog { get; init; } = new();

    /// <summary>Where the router listens; used when the command line gives no URL. Default: every address, port 8080.</summary>
    public IReadOnlyList<ListenConfig> Listen { get; init; } = [];
}
