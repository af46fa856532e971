namespace AkiDb.Router.Proxy;

/// <summary>Refuses requests whose framing two servers could read differently (request smuggling, RFC 9112, 6.1 and 11.2).</summary>
internal static class RequestGuard
{
    /// <summary>What is wrong, or null. The server itself already refused what it could not parse.</summary>
    public static string? Refusal(HttpContext context)
    {
        var headers = context.Request.Headers;
        var hasTransferEncoding = headers.TransferEncoding.Count > 0;
        // Kestrel renames the Content-Length that stood beside Transfer-Encoding.
        if (hasTransferEncoding && (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length")))
        {
            return "A request has either Content-Length or Transfer-Encoding, not both.";
        }

        if (hasTransferEncoding && !string.Equals(headers.TransferEncoding, "chunked", StringComparison.OrdinalIgnoreCase))
        {
            return "The only transfer coding that is understood is 'chunked'.";
        }

        return HttpMethods.IsConnect(context.Request.Method) && context.Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal)
            ? "This is a reverse proxy; it opens no tunnels."
            : null;
    }
}
