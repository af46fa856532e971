namespace AkiDb.Local.Cluster;

/// <summary>
/// Stands for a backend that this machine is not: passes requests on to a server after a delay, as a smaller board would take
/// longer and a function farther away.
/// </summary>
internal static class SlowedBackend
{
    /// <summary>Starts one.</summary>
    /// <param name="url">Where it listens.</param>
    /// <param name="target">The server that really answers.</param>
    /// <param name="delay">Added time.</param>
    public static async Task<WebApplication> StartAsync(Uri url, Uri target, TimeSpan delay)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.AbsoluteUri);
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            await Task.Delay(delay, context.RequestAborted);
            await next(context);
        });
        app.UseRouting();
        app.MapForwarder("/{**rest}", target.AbsoluteUri);
        await app.StartAsync();
        return app;
    }
}
