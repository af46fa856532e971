using System.Text.Json;
using AkiDb.Contracts;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.Router.Proxy;

/// <summary>Errors that the router itself answers with, as RFC 9457 problem details.</summary>
internal static class ErrorAnswer
{
    /// <summary>Writes the answer, or cuts the connection where another answer already began.</summary>
    public static async Task WriteAsync(
        HttpContext context, int status, string title, string detail, TraceContext trace, int? retryAfterSeconds = null, bool closesConnection = false)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.Clear();
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        response.Headers[RoutingHeaders.TraceId] = trace.TraceId.ToString();
        if (closesConnection)
        {
            response.Headers.Connection = "close";
        }

        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = DecimalText.Of(seconds);
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", title);
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteString("trace_id", trace.TraceId);
        json.WriteEndObject();
    }
}
