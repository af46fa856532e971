using AkiDb.Contracts;
using AkiDb.Kubernetes;
using AkiDb.Predictor.Autoscaling;
using AkiDb.Predictor.Traffic;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.Predictor.Hosting;

/// <summary>Puts the autoscaler together.</summary>
internal static class AutoscalerHost
{
    // A round has a minute, and an answer that comes later than this has no use in it.
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(8);

    /// <summary>An autoscaler ready to start.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="time">Clock of the election, and of all else too where <paramref name="day"/> is null; null for the machine's.</param>
    /// <param name="day">Clock of traffic and decisions.</param>
    /// <exception cref="InvalidOperationException">This is no pod, and no API server is named.</exception>
    public static WebApplication Build(AutoscalerOptions options, TimeProvider? time = null, TimeProvider? day = null)
    {
        var wall = time ?? TimeProvider.System;
        var clock = day ?? wall;
        var api = options.ApiServer is { } server
            ? KubernetesApi.Connect(server, options.TokenFile, options.AuthorityFile, CallLimit)
            : KubernetesApi.InCluster() ?? throw new InvalidOperationException(
                "This is no pod: KUBERNETES_SERVICE_HOST is not set. Outside of a cluster --api-server says where its API is.");
        // Who holds the Lease keeps all others from scaling: a dry run beside them never asks for it.
        var election = options.Settings.IsDryRun
            ? null
            : new LeaseElection(api, options.Namespace, ServiceNames.PredictiveAutoscaler, options.Identity, wall);
        Func<bool> isLeading = () => election?.IsLeading ?? true;
        var builder = ServiceHost.Create(options.Urls);
        builder.Services.AddSingleton(clock).AddSingleton(api);
        builder.Services.AddSingleton(Target(options, api));
        builder.Services.AddSingleton(new SwitchReader(api, options.Namespace, ServiceNames.PredictiveAutoscaler));
        builder.Services.AddSingleton<ITrafficSource>(_ => new PrometheusSource(options.Prometheus, options.Query, CallLimit));
        builder.Services.AddSingleton<IForecastSource>(_ => new PredictorClient(new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = options.Predictor,
            Timeout = CallLimit,
        }));
        builder.Services.AddSingleton(provider => new AutoscalerMetrics(provider.GetRequiredService<MetricRegistry>(), clock));
        builder.Services.AddSingleton(new DecisionEvents(api, options.Namespace, options.Identity, clock));
        builder.Services.AddSingleton(provider => new AutoscalerRound(
            options.Settings,
            provider.GetRequiredService<IScaleTarget>(),
            provider.GetRequiredService<ITrafficSource>(),
            provider.GetRequiredService<IForecastSource>(),
            provider.GetRequiredService<SwitchReader>(),
            provider.GetRequiredService<DecisionEvents>(),
            provider.GetRequiredService<AutoscalerMetrics>(),
            isLeading,
            clock,
            provider.GetRequiredService<ILogger<AutoscalerRound>>()));
        if (election is not null)
        {
            builder.Services.AddHostedService(provider => new ElectionLoop(
                election, provider.GetRequiredService<AutoscalerMetrics>(), wall, provider.GetRequiredService<ILogger<ElectionLoop>>()));
        }

        builder.Services.AddHostedService(provider => new AutoscalerLoop(
            provider.GetRequiredService<AutoscalerRound>(), provider.GetRequiredService<SwitchReader>(), isLeading, clock,
            provider.GetRequiredService<ILogger<AutoscalerLoop>>()));
        var app = builder.Build();
        // Those that wait for the Lease are as ready as who holds it.
        app.MapCommon(() => null);
        return app;
    }

    private static IScaleTarget Target(AutoscalerOptions options, KubernetesApi api)
    {
        var parts = options.Target.Split('/', 2);
        return parts[0] == "hpa" ? new HpaTarget(api, options.Namespace, parts[1]) : new DeploymentTarget(api, options.Namespace, parts[1]);
    }
}
