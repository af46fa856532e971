using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Kubernetes;
using AkiDb.Infra.Components.Observability.Collectors;
using AkiDb.Infra.Components.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability;

/// <summary>
/// Traces of one cluster: an agent on every node, a tier that sorts spans by trace, and a tier that decides about whole traces and
/// sends what it keeps to X-Ray.
/// </summary>
public sealed class Tracing : ComponentResource
{
    /// <summary>On every node; <see cref="MonitoringNames.TraceEndpoint"/> is its Service.</summary>
    public const string Agent = "otel-agent";

    /// <summary>Sorts spans by trace.</summary>
    public const string Balancer = "otel-balancer";

    /// <summary>Keeps or drops whole traces.</summary>
    public const string Sampler = "otel-sampler";

    private const string Space = MonitoringNames.Namespace;

    private readonly string _name;
    private readonly TracingArgs _args;
    private readonly WorkloadParts _parts;

    /// <summary>Declares the three tiers.</summary>
    /// <exception cref="ArgumentException">No destination, or a number out of range.</exception>
    public Tracing(string name, TracingArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:Tracing", name, args, options)
    {
        (_name, _args) = (name, args);
        CheckArguments();

        _parts = new WorkloadParts(this, name, args.Settings.After, Space);
        CreateAgents();
        CreateBalancers();
        CreateSamplers();
        foreach (var tier in new[] { Agent, Balancer, Sampler })
            ScrapeTargets.InMonitoring($"{name}-{tier}-metrics", tier, "metrics", _parts.Options);
        RegisterOutputs();
    }

    private void CheckArguments()
    {
        var component = $"Tracing '{_name}'";
        ComponentArgument.OneOf(component, nameof(_args.Destination), _args.Destination, [TraceDestination.XRay, TraceDestination.TransactionSearch]);
        ComponentArgument.InRange(component, nameof(_args.Samplers), _args.Samplers, 1, 10);
        ComponentArgument.InRange(component, nameof(_args.SlowMilliseconds), _args.SlowMilliseconds, 1, 60_000);
        ComponentArgument.InRange(component, nameof(_args.RestPercent), _args.RestPercent, 0, 100);
    }

    private void CreateAgents()
    {
        _parts.Account(Agent);
        _parts.Configuration(Agent, "collector.yaml", _args.Settings.ClusterName.Apply(cluster =>
            TraceTiers.Agent(cluster, _args.Settings.Region, _args.Environment, $"{Balancer}.{Space}:{CollectorConfiguration.OtlpPort}").Text()));
        _ = new K8s.Apps.V1.DaemonSet($"{_name}-{Agent}", new DaemonSetArgs
        {
            Metadata = ObjectMetadata.In(Space, Agent),
            Spec = new DaemonSetSpecArgs
            {
                Selector = ObjectMetadata.Selector(Agent),
                Template = Pod(Agent, "50m", "128Mi").Template(),
                UpdateStrategy = new DaemonSetUpdateStrategyArgs { RollingUpdate = new RollingUpdateDaemonSetArgs { MaxUnavailable = "10%" } },
            },
        }, _parts.Options);
        // Local: a pod's spans go to the agent of its own node, or nowhere; none crosses a zone for that.
        CreateService(Agent, spec => spec.InternalTrafficPolicy = "Local");
        _parts.Paths(Agent, new NetworkPaths { Port = CollectorConfiguration.OtlpPort, FromNamespaces = [ServiceNames.Namespace] });
    }

    private void CreateBalancers()
    {
        _parts.Account(Balancer);
        _parts.Rights(Balancer, new PolicyRuleArgs { ApiGroups = { "discovery.k8s.io" }, Resources = { "endpointslices" }, Verbs = { "get", "list", "watch" } },
            new PolicyRuleArgs { ApiGroups = { "" }, Resources = { "endpoints" }, Verbs = { "get", "list", "watch" } });
        _parts.Configuration(Balancer, "collector.yaml", TraceTiers.Balancer($"{Sampler}.{Space}").Text());
        _parts.Deployment(Pod(Balancer, "100m", "256Mi") with { CallsKubernetes = true }, replicas: 2);
        CreateService(Balancer, _ => { });
        _parts.DisruptionBudget(Balancer);
        _parts.Paths(Balancer, new NetworkPaths { Port = CollectorConfiguration.OtlpPort, ToKubernetes = true });
    }

    private void CreateSamplers()
    {
        _parts.Account(Sampler);
        _parts.Identity(Sampler, _args.Settings,
        [
            new PolicyStatement
            {
                Sid = "SendTraces",
                // The OTLP endpoint asks for the same permission as the API (CloudWatch user guide, OTLP endpoint); X-Ray knows no
                // resources for it (Service Authorization Reference, from memory, 2026-11).
                Actions = ["xray:PutTraceSegments"],
                Resources = { "*" },
                Conditions = [new PolicyCondition("StringEquals", "aws:RequestedRegion", _args.Settings.Region)],
            },
        ]);
        _parts.Configuration(Sampler, "collector.yaml",
            TraceTiers.Sampler(_args.Settings.Region, _args.Destination, _args.SlowMilliseconds, _args.RestPercent).Text());
        var onDemand = _args.Settings.Spread.OnDemandDomains.Add(_args.Settings.Spread.BaselineDomain).Distinct().ToArray();
        _ = new K8s.Apps.V1.StatefulSet($"{_name}-{Sampler}", new StatefulSetArgs
        {
            Metadata = ObjectMetadata.In(Space, Sampler),
            Spec = new StatefulSetSpecArgs
            {
                Replicas = _args.Samplers,
                ServiceName = Sampler,
                PodManagementPolicy = "Parallel",
                Selector = ObjectMetadata.Selector(Sampler),
                // What a sampler holds dies with it, so it stays off spot.
                Template = (Pod(Sampler, "200m", "1Gi") with { OnlyOn = onDemand }).Template(),
            },
        }, _parts.Options);
        CreateService(Sampler, spec => spec.ClusterIP = "None");
        _parts.DisruptionBudget(Sampler);
        _parts.Paths(Sampler, new NetworkPaths { Port = CollectorConfiguration.OtlpPort, ToAws = true });
    }

    private ServicePod Pod(string app, string cpu, string memory) => new()
    {
        App = app,
        Image = _args.Settings.Images[ImageNames.Collector],
        Arguments = ["--config=/etc/akidb/collector.yaml"],
        Cpu = cpu,
        Memory = memory,
        PriorityClass = WorkloadNamespace.Background,
        Port = CollectorConfiguration.OtlpPort,
        PortName = "otlp",
        MorePorts = [("otlp-http", 4318), ("metrics", CollectorConfiguration.MetricsPort), ("health", CollectorConfiguration.HealthPort)],
        HealthCheck = ("/", "health"),
        Volumes = { new VolumeArgs { Name = "configuration", ConfigMap = new ConfigMapVolumeSourceArgs { Name = app } } },
        Mounts = { new VolumeMountArgs { Name = "configuration", MountPath = "/etc/akidb", ReadOnly = true } },
    };

    private void CreateService(string app, Action<ServiceSpecArgs> change)
    {
        var spec = new ServiceSpecArgs
        {
            Selector = { [ObjectMetadata.App] = app },
            Ports =
            {
                new ServicePortArgs { Name = "otlp", Port = CollectorConfiguration.OtlpPort, TargetPort = "otlp" },
                new ServicePortArgs { Name = "otlp-http", Port = 4318, TargetPort = "otlp-http" },
            },
        };
        change(spec);
        _ = new K8s.Core.V1.Service($"{_name}-{app}", new ServiceArgs { Metadata = ObjectMetadata.In(Space, app), Spec = spec }, _parts.Options);
    }
}
