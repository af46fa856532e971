using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AkiDb.Infra.Components.Observability.Collectors;

/// <summary>A receiver, processor, exporter or extension. Its properties are the component's own settings, in snake case.</summary>
/// <param name="Id">Type, and after a slash a name where there are several of it.</param>
internal abstract record CollectorPart([property: JsonIgnore] string Id);

/// <summary>Takes OTLP, by gRPC on 4317 and by HTTP on 4318.</summary>
internal sealed record OtlpReceiver() : CollectorPart("otlp")
{
    public OtlpProtocols Protocols { get; } = new(new Endpoint("0.0.0.0:4317"), new Endpoint("0.0.0.0:4318"));
}

internal sealed record OtlpProtocols(Endpoint Grpc, Endpoint Http);

internal sealed record Endpoint([property: JsonPropertyName("endpoint")] string Address);

/// <summary>Refuses spans while memory is short, instead of being killed with all it holds.</summary>
internal sealed record MemoryLimiter() : CollectorPart("memory_limiter")
{
    public TimeSpan CheckInterval { get; } = TimeSpan.FromSeconds(1);

    public int LimitPercentage { get; } = 80;

    public int SpikeLimitPercentage { get; } = 25;
}

/// <summary>Says of every span which cluster it comes from.</summary>
internal sealed record ResourceAttributes(ImmutableArray<AttributeAction> Attributes) : CollectorPart("resource");

internal sealed record AttributeAction(string Key, string Value, string Action = "upsert");

/// <summary>Sends many spans at once.</summary>
internal sealed record Batch() : CollectorPart("batch")
{
    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(1);

    public int SendBatchSize { get; } = 1024;

    /// <summary>X-Ray refuses more than 10,000 spans or 5 MB in one request (CloudWatch user guide, OTLP endpoint): 2,048 spans of 1 to
    /// 2 KB stay below both.</summary>
    public int SendBatchMaxSize { get; } = 2048;
}

/// <summary>Decides about whole traces once they have ended.</summary>
internal sealed record TailSampling(ImmutableArray<SamplingPolicy> Policies) : CollectorPart("tail_sampling")
{
    /// <summary>From a trace's first span to its verdict. The specification's slowest path takes 4.5 s; a pod that ends has 25 s to
    /// send what it holds.</summary>
    public TimeSpan DecisionWait { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Traces in memory: 10 s of 700 a second a collector, with room for twice as many.</summary>
    public int NumTraces { get; } = 20_000;

    /// <summary>So that a span that comes after the verdict shares it.</summary>
    public DecisionCache DecisionCache { get; } = new(100_000, 100_000);
}

internal sealed record DecisionCache(int SampledCacheSize, int NonSampledCacheSize);

/// <summary>One reason to keep a trace; any of them suffices.</summary>
internal sealed record SamplingPolicy(string Name, string Type)
{
    public StatusCodePolicy? StatusCode { get; init; }

    public LatencyPolicy? Latency { get; init; }

    public ProbabilisticPolicy? Probabilistic { get; init; }
}

internal sealed record StatusCodePolicy(ImmutableArray<string> StatusCodes);

internal sealed record LatencyPolicy(int ThresholdMs);

internal sealed record ProbabilisticPolicy(double SamplingPercentage);

/// <summary>Passes spans on inside the cluster.</summary>
internal sealed record OtlpExporter(string Name, [property: JsonPropertyName("endpoint")] string Address) : CollectorPart($"otlp/{Name}")
{
    public Tls Tls { get; } = new(Insecure: true);

    [JsonIgnore]
    public string Name { get; } = Name;

    public SendingQueue SendingQueue { get; } = new();
}

internal sealed record Tls(bool Insecure);

internal sealed record SendingQueue(bool Enabled = true, int NumConsumers = 4, int QueueSize = 2000);

/// <summary>Sends all spans of one trace to the same pod of the sampling tier.</summary>
internal sealed record LoadBalancing(BalancedProtocol Protocol, BalancedResolver Resolver) : CollectorPart("loadbalancing")
{
    [JsonPropertyName("routing_key")]
    public string RoutingKey { get; } = "traceID";
}

internal sealed record BalancedProtocol(BalancedOtlp Otlp);

internal sealed record BalancedOtlp(Tls Tls, TimeSpan Timeout);

internal sealed record BalancedResolver(KubernetesResolver K8s);

/// <summary>Follows the pods of a headless Service. By host name: a pod that restarts keeps its share of the traces.</summary>
internal sealed record KubernetesResolver(string Service, ImmutableArray<int> Ports, bool ReturnHostnames = true);

/// <summary>X-Ray's OTLP endpoint.</summary>
internal sealed record OtlpHttpExporter(string TracesEndpoint) : CollectorPart("otlphttp/xray")
{
    public Authentication Auth { get; } = new(SigV4.Name);

    public string Compression { get; } = "gzip";

    public SendingQueue SendingQueue { get; } = new();
}

internal sealed record Authentication(string Authenticator);

/// <summary>Signs requests with the pod's own role.</summary>
internal sealed record SigV4(string Region, string Service) : CollectorPart(Name)
{
    public const string Name = "sigv4auth";
}

/// <summary>X-Ray's own segments.</summary>
internal sealed record XRayExporter(string Region) : CollectorPart("awsxray")
{
    public bool IndexAllAttributes { get; }
}

/// <summary>Answers probes.</summary>
internal sealed record HealthCheck() : CollectorPart("health_check")
{
    [JsonPropertyName("endpoint")]
    public string Address { get; } = "0.0.0.0:13133";
}
