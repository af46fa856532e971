namespace AkiDb.Router.Configuration;

/// <summary>What holds for the requests below one path.</summary>
public sealed record RouteConfig
{
    /// <summary>Unique name; the value of the label <c>route</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Path prefix in whole segments: <c>/api/v1/embed</c> covers <c>/api/v1/embed/batch</c>, not <c>/api/v1/embedded</c>.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// True when doing a request twice does no harm whatever its method (an embedding is a pure function of its text).
    /// Default: false; then only GET, HEAD, OPTIONS, TRACE, PUT and DELETE are repeatable (RFC 9110, 9.2.2).
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Bytes of a repeatable request's body that are kept for a second attempt; longer ones are sent once. Default: 65,536.</summary>
    public int ReplayBodyBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Bytes of a response held until it is complete, so that a connection lost in its middle can still be retried.
    /// Default: 65,536 on repeatable routes; event streams and longer responses pass as they come.
    /// </summary>
    public int HoldResponseBytes { get; init; } = 64 * 1024;

    /// <summary>Latency budget where the request names none, in milliseconds; null for the router's default.</summary>
    public int? LatencyBudgetMs { get; init; }

    /// <summary>
    /// Milliseconds after which a repeatable request is also sent to a second backend, the first answer winning; null: never.
    /// Default: null. Ignored for requests that may not be sent twice.
    /// </summary>
    public int? HedgeAfterMs { get; init; }
}
