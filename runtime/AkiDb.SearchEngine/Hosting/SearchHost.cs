using System.Text.Json;
using System.Text.Json.Serialization;
using AkiDb.Contracts;
using AkiDb.Embedding;
using AkiDb.SearchEngine.Api;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Replication;
using AkiDb.SearchEngine.Security;
using AkiDb.SearchEngine.Texts;
using AkiDb.Telemetry.Logging;
using AkiDb.Telemetry.Metrics;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AkiDb.SearchEngine.Hosting;

/// <summary>Puts the search engine together.</summary>
internal static class SearchHost
{
    /// <summary>Time from the signal to the end, the drain delay included: the platform's grace is longer, the specification's 5 s are not.</summary>
    public static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(4.5);

    /// <summary>A search engine ready to start.</summary>
    /// <param name="settings">How it runs.</param>
    /// <param name="embedder">The model; null for vectors only. Disposed by the caller, after the host.</param>
    /// <param name="time">Clock; null for the system's.</param>
    /// <exception cref="SettingsException">Something is wrong with the settings.</exception>
    public static WebApplication Build(EngineSettings settings, ITextEmbedder? embedder, TimeProvider? time = null)
    {
        SettingsCheck.Check(settings);
        var clock = time ?? TimeProvider.System;
        var builder = WebApplication.CreateSlimBuilder();
        var lines = settings.LogPath == "none" ? null : LineLog.Open(settings.LogPath, clock);
        builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning);
        // Below that it only says, with a stack, that the start failed, which whoever starts it says in a line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (lines is not null)
        {
            builder.Logging.AddProvider(new JsonLogProvider(lines, clock, () => RequestTrace.CurrentTraceId));
        }

        builder.WebHost.ConfigureKestrel(options => Configure(options, settings));
        builder.WebHost.UseUrls(settings.Urls);
        builder.Services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = TimeToStop;
            options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        AddServices(builder.Services, settings, embedder, clock, lines);
        var app = builder.Build();
        app.Services.GetRequiredService<CollectionGauges>();
        // The container disposes only what it made: so that what is still pending is written when the host ends.
        app.Services.GetService<LineLog>();
        app.UseRouting();
        app.Use((context, next) => context.RequestServices.GetRequiredService<RequestPipeline>().HandleAsync(context, next));
        Routes.Map(app);
        return app;
    }

    private static void Configure(KestrelServerOptions options, EngineSettings settings)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = settings.Limits.BodyBytes;
        options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }

    private static void AddServices(IServiceCollection services, EngineSettings settings, ITextEmbedder? embedder, TimeProvider time, LineLog? lines)
    {
        (string, string)[] place = [(MetricLabels.Region, settings.Region), (MetricLabels.Cluster, settings.Cluster)];
        var registry = new MetricRegistry();
        ProcessMetrics.Add(registry);
        if (lines is not null)
        {
            services.AddSingleton(_ => lines);
        }

        services.AddSingleton(settings).AddSingleton(settings.Limits).AddSingleton(time).AddSingleton(registry);
        services.AddSingleton(new StoreMetrics(registry, place)).AddSingleton(new RequestMetrics(registry, place)).AddSingleton<RecentLatencies>();
        services.AddSingleton(_ => new Admission(settings.Limits, registry, place));
        services.AddSingleton<BodyMemory>();
        services.AddSingleton(new TextEncoder(embedder)).AddSingleton(new RequestLog(lines, time));
        services.AddSingleton(provider => new CollectionGauges(registry, provider.GetRequiredService<EngineState>(), place));
        services.AddSingleton<KeyRing>().AddSingleton<EngineState>().AddSingleton<WriteForwarder>().AddSingleton<RequestPipeline>();
        services.AddSingleton<DocumentReader>().AddSingleton<EmbedEndpoint>().AddSingleton<CollectionEndpoints>().AddSingleton<DocumentEndpoints>();
        services.AddSingleton<QueryEndpoint>().AddSingleton<TransferEndpoints>().AddSingleton<StatusEndpoint>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyRing>());
        services.AddHostedService<OpenStore>();
        services.AddHostedService<PublishLoop>();
        services.AddHostedService<FollowLoop>();
        // Only the OpenAPI document reads these: bodies go through ApiJson itself, which takes no number written as a text.
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi("v1", OpenApiText.Apply);
    }
}
