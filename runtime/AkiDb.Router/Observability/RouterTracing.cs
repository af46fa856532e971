using System.Diagnostics;
using AkiDb.Contracts;
using AkiDb.Router.Proxy;
using AkiDb.Telemetry.Tracing;

namespace AkiDb.Router.Observability;

/// <summary>The router's spans; none are made while nobody exports them.</summary>
internal static class RouterTracing
{
    private static readonly ActivitySource Source = new(ServiceNames.Router);

    /// <summary>Begins the span of a request and makes it the parent of what follows; null while nobody listens.</summary>
    public static Activity? Start(HttpContext context, ref TraceContext trace)
    {
        var span = trace.StartRequestSpan(Source, context.Request.Method, context.Request.Headers.TraceState);
        if (span?.Id is { } id)
        {
            trace = TraceContext.ContinueOrBegin(id, default);
        }

        return span;
    }

    /// <summary>Says on the span how the request ended (OpenTelemetry semantic conventions 1.27, HTTP).</summary>
    public static void SetEnd(this Activity span, HttpContext context, Exchange exchange)
    {
        var status = context.Response.StatusCode;
        span.DisplayName = $"{context.Request.Method} {exchange.Route.Config.Path}";
        span.SetTag("http.request.method", context.Request.Method)
            .SetTag("http.route", exchange.Route.Config.Path)
            .SetTag("http.response.status_code", status)
            .SetTag("akidb.backend", exchange.Decision.Backend?.Config.Name)
            .SetTag("akidb.route.reason", Routing.RouteReasons.NameOf(exchange.Decision.Reason))
            .SetTag("akidb.attempts", exchange.Attempt);
        if (status >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
