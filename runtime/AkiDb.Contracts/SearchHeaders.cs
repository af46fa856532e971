namespace AkiDb.Contracts;

/// <summary>HTTP headers by which clients and the search engine speak about how fresh an answer is.</summary>
public static class SearchHeaders
{
    /// <summary>Response: number of the last change that the answer takes into account.</summary>
    public const string Sequence = "X-Sequence";

    /// <summary>Response of a reader: upper bound on the age of its data, in whole milliseconds.</summary>
    public const string Staleness = "X-Staleness";

    /// <summary>Request: refuse to answer from data older than so many milliseconds.</summary>
    public const string MaximumStaleness = "X-Max-Staleness";

    /// <summary>Request: an API key; <c>Authorization: Bearer</c> means the same.</summary>
    public const string ApiKey = "X-Api-Key";

    /// <summary>Request, from the edge to a process that only embeds: the client's <c>Authorization</c>, whose own place CloudFront's
    /// signature for the function URL has taken. The edge deletes what a client sends under this name.</summary>
    public const string ClientAuthorization = "x-akidb-authorization";
}
