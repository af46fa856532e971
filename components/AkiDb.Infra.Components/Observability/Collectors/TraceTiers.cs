namespace AkiDb.Infra.Components.Observability.Collectors;

/// <summary>The configurations of the three tiers that spans pass.</summary>
internal static class TraceTiers
{
    /// <summary>On every node: takes the node's spans and adds which cluster they are from.</summary>
    /// <param name="cluster">Name of the cluster.</param>
    /// <param name="region">AWS region.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="next">Address of the load-balancing tier, host and port.</param>
    public static CollectorConfiguration Agent(string cluster, string region, string environment, string next) => new()
    {
        Receivers = [new OtlpReceiver()],
        Processors =
        [
            new MemoryLimiter(),
            // OpenTelemetry semantic conventions 1.37.
            new ResourceAttributes(
            [
                new AttributeAction("cloud.provider", "aws"),
                new AttributeAction("cloud.region", region),
                new AttributeAction("k8s.cluster.name", cluster),
                new AttributeAction("deployment.environment.name", environment),
            ]),
            new Batch(),
        ],
        Exporters = [new OtlpExporter("balancer", next)],
    };

    /// <summary>Sorts spans by trace: a verdict about a trace needs all of it in one place.</summary>
    /// <param name="service">Headless Service of the sampling tier as <c>name.namespace</c>.</param>
    public static CollectorConfiguration Balancer(string service) => new()
    {
        Receivers = [new OtlpReceiver()],
        Processors = [new MemoryLimiter()],
        Exporters =
        [
            new LoadBalancing(
                new BalancedProtocol(new BalancedOtlp(new Tls(Insecure: true), TimeSpan.FromSeconds(2))),
                new BalancedResolver(new KubernetesResolver(service, [CollectorConfiguration.OtlpPort]))),
        ],
    };

    /// <summary>Keeps every trace with an error, every slow one, and a share of the rest.</summary>
    /// <param name="region">AWS region.</param>
    /// <param name="destination">Where kept traces go.</param>
    /// <param name="slowMilliseconds">From when on a trace is slow.</param>
    /// <param name="restPercent">Share of the others.</param>
    public static CollectorConfiguration Sampler(string region, TraceDestination destination, int slowMilliseconds, double restPercent) => new()
    {
        Extensions = destination == TraceDestination.TransactionSearch ? [new SigV4(region, "xray")] : [],
        Receivers = [new OtlpReceiver()],
        Processors =
        [
            new MemoryLimiter(),
            new TailSampling(
            [
                new SamplingPolicy("errors", "status_code") { StatusCode = new StatusCodePolicy(["ERROR"]) },
                new SamplingPolicy("slow", "latency") { Latency = new LatencyPolicy(slowMilliseconds) },
                new SamplingPolicy("rest", "probabilistic") { Probabilistic = new ProbabilisticPolicy(restPercent) },
            ]),
            new Batch(),
        ],
        Exporters =
        [
            destination == TraceDestination.TransactionSearch
                ? new OtlpHttpExporter($"https://xray.{region}.amazonaws.com/v1/traces")
                : new XRayExporter(region),
        ],
    };
}
