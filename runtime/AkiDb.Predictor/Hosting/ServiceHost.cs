using AkiDb.Contracts;
using AkiDb.Telemetry.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AkiDb.Predictor.Hosting;

/// <summary>What predictor and autoscaler have in common: JSON logs, health, metrics, errors as RFC 9457.</summary>
internal static class ServiceHost
{
    /// <summary>A service without anything of its own.</summary>
    /// <param name="urls">Where to listen, separated by ';'.</param>
    public static WebApplicationBuilder Create(string urls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddJsonConsole(options => options.UseUtcTimestamp = true).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseUrls(urls).ConfigureKestrel(options => options.AddServerHeader = false);
        var registry = new MetricRegistry();
        ProcessMetrics.Add(registry);
        builder.Services.AddSingleton(registry).AddProblemDetails();
        return builder;
    }

    /// <summary>Adds health and metrics.</summary>
    /// <param name="app">The service.</param>
    /// <param name="trouble">Why the service is not ready; null when it is.</param>
    public static void MapCommon(this WebApplication app, Func<string?> trouble)
    {
        var registry = app.Services.GetRequiredService<MetricRegistry>();
        app.UseStatusCodePages();
        app.MapGet(ServiceEndpoints.Live, () => TypedResults.Text("live\n"));
        app.MapGet(ServiceEndpoints.Ready, Results<ContentHttpResult, ProblemHttpResult> () =>
            app.Lifetime.ApplicationStopping.IsCancellationRequested ? TypedResults.Problem("stopping", statusCode: StatusCodes.Status503ServiceUnavailable)
            : trouble() is { } reason ? TypedResults.Problem(reason, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ready\n"));
        app.MapGet(ServiceEndpoints.Metrics, async context =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            registry.Write(context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        });
    }
}
