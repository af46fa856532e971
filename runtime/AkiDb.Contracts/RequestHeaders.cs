namespace AkiDb.Contracts;

/// <summary>HTTP header names that clients, the router and the services share.</summary>
public static class RequestHeaders
{
    /// <summary>How long the caller is willing to wait, in whole milliseconds.</summary>
    public const string LatencyBudget = "X-Latency-Budget";
}
