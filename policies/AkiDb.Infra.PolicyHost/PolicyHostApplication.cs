using System.Collections.Immutable;
using AkiDb.Infra.Policies;
using AkiDb.Infra.Policies.Exempting;
using AkiDb.Infra.PolicyHost.Grpc;
using AkiDb.Infra.PolicyHost.Protocol;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AkiDb.Infra.PolicyHost;

/// <summary>The server: cleartext HTTP/2 on a free port of the loopback interface.</summary>
internal static class PolicyHostApplication
{
    // The engine's own limit for messages to plugins: 400 MiB (Pulumi 3.259).
    private const int LongestMessage = 400 * 1024 * 1024;

    private const string Service = "/pulumirpc.Analyzer/";

    /// <summary>Builds the server; it does not listen yet.</summary>
    public static WebApplication Create(ImmutableArray<Exemption> exemptions, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        // Standard output belongs to the port; what goes wrong goes to standard error.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.Http2.InitialStreamWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 8 * 1024 * 1024;
        });
        builder.Services.AddRoutingCore();
        // The engine keeps its connection open while it waits for the process to end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var application = builder.Build();
        var service = new AnalyzerService(exemptions, clock);
        var endpoint = new UnaryEndpoint(LongestMessage);
        endpoint.Map<AnalyzerHandshakeRequest, AnalyzerHandshakeResponse>(application, Service + "Handshake", (_, _) => new AnalyzerHandshakeResponse());
        endpoint.Map<AnalyzerStackConfigureRequest, AnalyzerStackConfigureResponse>(application, Service + "ConfigureStack", (_, _) => new AnalyzerStackConfigureResponse());
        endpoint.Map<ConfigureAnalyzerRequest, Empty>(application, Service + "Configure", (request, _) => service.Configure(request));
        endpoint.Map<Empty, AnalyzerInfo>(application, Service + "GetAnalyzerInfo", (_, _) => PackInfo.Describe(RuleCatalogue.All));
        endpoint.Map<Empty, PluginInfo>(application, Service + "GetPluginInfo", (_, _) => new PluginInfo { Version = PackInfo.Version });
        endpoint.Map<AnalyzeRequest, AnalyzeResponse>(application, Service + "Analyze", service.Analyze);
        endpoint.Map<AnalyzeStackRequest, AnalyzeResponse>(application, Service + "AnalyzeStack", service.AnalyzeStack);
        endpoint.Map<AnalyzeRequest, RemediateResponse>(application, Service + "Remediate", service.Remediate);
        endpoint.Map<Empty, Empty>(application, Service + "Cancel", (_, _) =>
        {
            application.Lifetime.StopApplication();
            return new Empty();
        });
        UnaryEndpoint.MapFallback(application);
        return application;
    }
}
