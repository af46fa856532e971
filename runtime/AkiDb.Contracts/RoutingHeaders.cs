namespace AkiDb.Contracts;

/// <summary>HTTP headers by which clients, the router and its backends speak about routing and tracing.</summary>
public static class RoutingHeaders
{
    /// <summary>Request: any value other than 0 asks for <see cref="Decision"/> in the response.</summary>
    public const string Explain = "X-Route-Explain";

    /// <summary>Response: which backend was chosen, why, and why the cheaper ones were not.</summary>
    public const string Decision = "X-Route-Decision";

    /// <summary>Response: <c>none</c> when no backend fitted the latency budget and the fastest one answered instead.</summary>
    public const string BudgetFit = "X-Latency-Budget-Fit";

    /// <summary>Response: the W3C trace id, 32 lower-case hexadecimal digits.</summary>
    public const string TraceId = "X-Trace-Id";

    /// <summary>Response of a backend: any value other than 0 announces that it is draining and wants no new requests.</summary>
    public const string Draining = "X-Draining";
}
