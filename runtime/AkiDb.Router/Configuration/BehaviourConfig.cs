namespace AkiDb.Router.Configuration;

/// <summary>When an address stops and starts again to get requests.</summary>
public sealed record HealthConfig
{
    /// <summary>Consecutive failures that take an address out. Default: 2 (specification).</summary>
    public int Failures { get; init; } = 2;

    /// <summary>How long it stays out before one trial request, in milliseconds; doubles with each failed trial, up to six times this. Default: 10,000.</summary>
    public int EjectionMs { get; init; } = 10_000;

    /// <summary>Share of an address's answers in the last ten seconds that, as server errors, takes it out too. Default: 0.5.</summary>
    public double OutlierErrorRatio { get; init; } = 0.5;

    /// <summary>Answers in ten seconds below which <see cref="OutlierErrorRatio"/> is not judged, and the number of 500s in a row that
    /// take an address out whatever it did before. Default: 5.</summary>
    public int OutlierMinRequests { get; init; } = 5;

    /// <summary>Time over which an address that came back grows to its full share, in milliseconds. Default: 10,000; 0 turns it off.</summary>
    public int SlowStartMs { get; init; } = 10_000;

    /// <summary>Path of the readiness probe. Default: /healthz/ready.</summary>
    public string ProbePath { get; init; } = Contracts.ServiceEndpoints.Ready;

    /// <summary>Time between two probes of an address, in milliseconds. Default: 5,000.</summary>
    public int ProbeIntervalMs { get; init; } = 5_000;

    /// <summary>Time after which a probe counts as failed, in milliseconds. Default: 1,000.</summary>
    public int ProbeTimeoutMs { get; init; } = 1_000;
}

/// <summary>Second attempts.</summary>
public sealed record RetryConfig
{
    /// <summary>Second attempts allowed as a share of all requests, so that retries cannot double an overload. Default: 0.2.</summary>
    public double BudgetRatio { get; init; } = 0.2;

    /// <summary>Second attempts allowed at once before the share counts. Default: 200.</summary>
    public int BudgetBurst { get; init; } = 200;
}

/// <summary>How long the router waits.</summary>
public sealed record TimeoutConfig
{
    /// <summary>To connect to an address, in milliseconds. Default: 500.</summary>
    public int ConnectMs { get; init; } = 500;

    /// <summary>For response headers of a first attempt that may be repeated, in milliseconds. Default: 1,000.</summary>
    public int AttemptMs { get; init; } = 1_000;

    /// <summary>For response headers of an attempt that cannot be repeated, in milliseconds. Default: 30,000.</summary>
    public int ResponseMs { get; init; } = 30_000;

    /// <summary>Without a byte in either direction, in milliseconds. Default: 100,000.</summary>
    public int IdleMs { get; init; } = 100_000;

    /// <summary>Life of an unused connection to a backend, in milliseconds; keep it below the backends' own. Default: 60,000.</summary>
    public int IdleConnectionMs { get; init; } = 60_000;

    /// <summary>How long a stopping router, no longer ready, still accepts requests until nobody sends it any, in milliseconds. Default: 5,000.</summary>
    public int DrainMs { get; init; } = 5_000;

    /// <summary>How long a stopping router stays up for requests in flight, in milliseconds. Default: 30,000.</summary>
    public int ShutdownMs { get; init; } = 30_000;
}

/// <summary>What a client may send.</summary>
public sealed record LimitConfig
{
    /// <summary>Largest request body in bytes; 413 beyond. Default: 64 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Largest request header section in bytes; 431 beyond. Default: 32 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Requests in flight; 503 beyond. Default: 10,000.</summary>
    public int MaxInFlight { get; init; } = 10_000;
}

/// <summary>Shared load counters in Redis.</summary>
public sealed record RedisConfig
{
    /// <summary>redis:// or rediss:// (TLS), host, optional port, user, password and database number.</summary>
    public required string Url { get; init; }

    /// <summary>Environment variable that holds the password, so that it stands in no file; null when the URL has it or none is needed.</summary>
    public string? PasswordVariable { get; init; }

    /// <summary>Key of the shared hash; routers with the same key share their load. Default: akidb:router:load.</summary>
    public string Key { get; init; } = "akidb:router:load";

    /// <summary>Time between two exchanges, in milliseconds. Default: 200.</summary>
    public int FlushMs { get; init; } = 200;

    /// <summary>Time after which an exchange is given up, in milliseconds. Default: 100.</summary>
    public int TimeoutMs { get; init; } = 100;
}

/// <summary>JSON lines about requests.</summary>
public sealed record AccessLogConfig
{
    /// <summary>File to append to; "-" for standard output, null for none. Default: "-".</summary>
    public string? Path { get; init; } = "-";

    /// <summary>Share of the successful requests within their budget that is written; the others always are. Default: 1.</summary>
    public double SampleSuccess { get; init; } = 1;
}

/// <summary>One listening socket.</summary>
/// <param name="Url">http://ADDRESS:PORT or https://ADDRESS:PORT.</param>
/// <param name="Protocols">
/// http1, http2 or both. "both" needs https, where the two sides negotiate; on http:// it means http1, and HTTP/2 with prior
/// knowledge needs a socket of its own.
/// </param>
/// <param name="CertificateFile">PEM chain for https.</param>
/// <param name="KeyFile">PEM key for https.</param>
public sealed record ListenConfig(string Url, ListenProtocols Protocols, string? CertificateFile, string? KeyFile);

/// <summary>HTTP versions of a listening socket.</summary>
public enum ListenProtocols
{
    Both,
    Http1,
    Http2,
}
