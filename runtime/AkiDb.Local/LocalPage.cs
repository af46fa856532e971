using System.Text;
using AkiDb.Local.Cluster;
using AkiDb.Local.Scoreboard;
using AkiDb.Local.Traffic;

namespace AkiDb.Local;

/// <summary>The page and what it asks for.</summary>
internal static class LocalPage
{
    /// <summary>Only our own page sends it: a page of another site would have to ask for permission first, and gets none.</summary>
    public const string FaultHeader = "X-AkiDB-Local";

    private static readonly string Html = Read();

    /// <summary>A server that is not started yet, on this machine only.</summary>
    public static WebApplication Build(int port, DayTraffic traffic, Func<RunState> state, Faults faults)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        // A name of somebody else's that leads here would make their page one of ours (DNS rebinding).
        app.Use(async (context, next) =>
        {
            if (context.Request.Host.Host is "127.0.0.1" or "localhost")
            {
                await next(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        });
        app.MapGet("/", () => Results.Content(Html, "text/html", Encoding.UTF8));
        app.MapGet("/state", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(state(), LocalJson.Options);
        });
        app.MapPost("/faults/{name}", (string name, HttpContext context) =>
            !context.Request.Headers.ContainsKey(FaultHeader) ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : faults.Cause(name) switch { true => Results.NoContent(), false => Results.Conflict(), null => Results.NotFound() });
        traffic.Map(app);
        return app;
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(LocalPage).Assembly.GetManifestResourceStream("local.html")!);
        return reader.ReadToEnd();
    }
}
