using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Texts;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.SearchEngine.Api;

/// <summary>Health, status and metrics: what never waits and needs no key, save the status.</summary>
internal sealed class StatusEndpoint(
    EngineState engine, EngineSettings settings, TextEncoder texts, RequestMetrics requests, RecentLatencies latencies, MetricRegistry registry)
{
    public static Task LiveAsync(HttpContext context) => AnswerAsync(context, StatusCodes.Status200OK, "live\n");

    public Task ReadyAsync(HttpContext context) => engine.NotReadyBecause is { } reason
        ? AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, reason + "\n")
        : AnswerAsync(context, StatusCodes.Status200OK, "ready\n");

    public Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        registry.Write(context.Response.BodyWriter);
        return Task.CompletedTask;
    }

    public Task StatusAsync(HttpContext context)
    {
        var store = engine.Store;
        var collections = store?.Catalog.All.ToList() ?? [];
        var reason = engine.NotReadyBecause;
        return JsonBody.WriteAsync(context, new StatusAnswer(
            settings.Role.ToString().ToLowerInvariant(), reason is null, reason, texts.Model?.Name, texts.Model?.Sha256, store?.Sequence ?? 0,
            engine.Staleness?.TotalSeconds, collections.Count, collections.Sum(collection => (long)collection.Cards.Count), requests.InFlight,
            latencies.Quantile(0.5), latencies.Quantile(0.95), RequestTrace.Of(context).TraceId), ApiJson.Default.StatusAnswer);
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
