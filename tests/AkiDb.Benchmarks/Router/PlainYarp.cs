using Yarp.ReverseProxy.Configuration;

namespace AkiDb.Benchmarks.Router;

/// <summary>YARP as its template sets it up: one route, one cluster, one destination. The baseline of the router's own work.</summary>
internal static class PlainYarp
{
    /// <summary>Where it tells how many bytes it allocated.</summary>
    public const string AllocatedPath = "/_allocated";

    public static async Task RunAsync(string listen, string destination, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listen);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "backend", Match = new RouteMatch { Path = "{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "backend",
                    Destinations = new Dictionary<string, DestinationConfig> { ["only"] = new() { Address = destination } },
                },
            ]);
        await using var app = builder.Build();
        app.MapGet(AllocatedPath, () => $"{Telemetry.Metrics.ProcessMetrics.AllocatedBytes} {GC.GetTotalAllocatedBytes()}\n");
        app.MapReverseProxy();
        await app.RunAsync(cancellationToken);
    }
}
