using AkiDb.Contracts;
using AkiDb.Kubernetes;
using AkiDb.Router.Configuration;
using AkiDb.Router.Discovery;
using AkiDb.Router.Health;
using AkiDb.Router.Load;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;
using AkiDb.Router.Observability;
using AkiDb.Router.Proxy;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Metrics;
using Yarp.ReverseProxy.Forwarder;

namespace AkiDb.Router.Hosting;

/// <summary>Puts the router together.</summary>
public static class RouterHost
{
    /// <summary>A router ready to start.</summary>
    /// <param name="configPath">Configuration file; followed while the router runs.</param>
    /// <param name="urls">Where to listen, separated by ';'; null for what the configuration says.</param>
    /// <param name="time">Clock; null for the system's.</param>
    /// <exception cref="ConfigException">The configuration has errors.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WebApplication Build(string configPath, string? urls, TimeProvider? time = null) =>
        Build(configPath, urls, time, KubernetesApi.InCluster());

    internal static WebApplication Build(string configPath, string? urls, TimeProvider? time, KubernetesApi? kubernetes)
    {
        var text = File.ReadAllText(configPath);
        var config = ConfigParser.Parse(text);
        var clock = new RouterClock(time ?? TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddJsonConsole(options => options.UseUtcTimestamp = true)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Yarp", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(options => KestrelSettings.Apply(options, config, urls));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds((double)config.Timeouts.DrainMs + config.Timeouts.ShutdownMs));
        AddRouter(builder.Services, config, clock, configPath, text);
        builder.Services.AddHostedService(provider => new EndpointDiscovery(
            provider.GetRequiredService<RoutingState>(), kubernetes, provider.GetRequiredService<ILogger<EndpointDiscovery>>()));
        var app = builder.Build();
        var entrance = new Entrance(
            app.Services.GetRequiredService<ProxyHandler>(), app.Services.GetRequiredService<RoutingState>(),
            app.Services.GetRequiredService<MetricRegistry>(), app.Services.GetRequiredService<StatusPage>(), app.Lifetime);
        app.Run(entrance.HandleAsync);
        return app;
    }

    private static void AddRouter(IServiceCollection services, RouterConfig config, RouterClock clock, string configPath, string text)
    {
        var seed = clock.Time.GetUtcNow().Ticks ^ Environment.ProcessId;
        var random = new RandomSequence(seed);
        // Hedge and model need each other; the routing state is where they meet.
        var routing = new RoutingState(RouterModel.Build(config, null, clock.Now), clock, random.Next());
        var hedge = new Hedge(routing);
        routing.Model = RouterModel.Build(config, routing.Model, clock.Now, hedge);
        var exchanges = new ExchangePool(clock);
        var registry = new MetricRegistry();
        ProcessMetrics.Add(registry);
        var metrics = new RouterMetrics(registry, routing, exchanges);
        services.AddHttpForwarder();
        services.AddSingleton(routing).AddSingleton(exchanges).AddSingleton(registry).AddSingleton(metrics);
        services.AddSingleton(_ => CreateAccessLog(config, clock, random, registry));
        services.AddSingleton(provider => new ProxyHandler(
            routing, provider.GetRequiredService<IHttpForwarder>(), exchanges, metrics, provider.GetRequiredService<AccessLog>(), random));
        services.AddSingleton(provider => new ConfigWatcher(
            configPath, text, routing, hedge, metrics, provider.GetRequiredService<ILogger<ConfigWatcher>>()));
        services.AddSingleton(provider => new LoadExchangeLoop(
            routing, RouterId(random), provider.GetRequiredService<ILogger<LoadExchangeLoop>>()));
        services.AddSingleton<StatusPage>();
        services.AddHostedService(provider => provider.GetRequiredService<ConfigWatcher>());
        services.AddHostedService(provider => provider.GetRequiredService<LoadExchangeLoop>());
        services.AddHostedService(_ => new DrainBeforeStop(TimeSpan.FromMilliseconds(config.Timeouts.DrainMs), clock.Time));
        services.AddHostedService(_ => new HeartbeatService(routing, exchanges));
        services.AddHostedService(_ => new HealthProbes(routing));
        services.AddHostedService(provider => new SharedLoadGauge(registry, routing, provider.GetRequiredService<LoadExchangeLoop>()));
    }

    private static AccessLog CreateAccessLog(RouterConfig config, RouterClock clock, RandomSequence random, MetricRegistry registry)
    {
        var log = new AccessLog(config.AccessLog.Path, clock.Time, random);
        var dropped = registry.Counter(RouterMetricNames.AccessLogDropped, "Access log lines lost because writing them could not keep up.");
        registry.BeforeExposition(() => dropped.Add(Math.Max(0, log.Dropped - dropped.Value)));
        return log;
    }

    private static string RouterId(RandomSequence random) => $"{Environment.MachineName}-{Environment.ProcessId}-{random.Next():x16}";
}
