using AkiDb.Contracts;
using AkiDb.Router.Observability;
using AkiDb.Router.Proxy;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.Router.Hosting;

/// <summary>The router's own paths; every other request goes to a backend.</summary>
internal sealed class Entrance(
    ProxyHandler proxy, RoutingState routing, MetricRegistry metrics, StatusPage page, IHostApplicationLifetime lifetime)
{
    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        ServiceEndpoints.Live => AnswerAsync(context, StatusCodes.Status200OK, "live\n"),
        ServiceEndpoints.Ready => AnswerReadyAsync(context),
        ServiceEndpoints.Metrics => WriteMetricsAsync(context),
        StatusPage.Path => page.WriteHtmlAsync(context),
        StatusPage.StatePath => page.WriteJsonAsync(context),
        _ => proxy.HandleAsync(context),
    };

    private Task AnswerReadyAsync(HttpContext context)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "stopping\n");
        }

        // Without any ready address this router can answer nothing; another one may reach more.
        return routing.Model.Backends.Any(backend => backend.State.Ready.Addresses.Length > 0)
            ? AnswerAsync(context, StatusCodes.Status200OK, "ready\n")
            : AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "no backend is ready\n");
    }

    private async Task WriteMetricsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        metrics.Write(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
