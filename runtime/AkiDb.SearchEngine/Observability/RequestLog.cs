using AkiDb.Telemetry.Logging;

namespace AkiDb.SearchEngine.Observability;

/// <summary>One JSON line a request.</summary>
internal sealed class RequestLog(LineLog? log, TimeProvider time)
{
    public void Write(HttpContext context, RequestTrace trace, string route, int status, TimeSpan duration, string? keyName)
    {
        if (log is null)
        {
            return;
        }

        var line = JsonLine.OfThread;
        var json = line.Begin();
        json.WriteStartObject();
        json.WriteString("time", time.GetUtcNow().UtcDateTime);
        json.WriteString("trace_id", trace.TraceId);
        json.WriteString("method", context.Request.Method);
        json.WriteString("path", context.Request.Path.Value);
        json.WriteString("route", route);
        json.WriteNumber("status", status);
        json.WriteNumber("ms", Math.Round(duration.TotalMilliseconds, 2));
        if (keyName is not null)
        {
            json.WriteString("key", keyName);
        }

        json.WriteEndObject();
        log.Write(line.End());
    }
}
