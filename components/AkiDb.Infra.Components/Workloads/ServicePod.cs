using AkiDb.Contracts;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>
/// A pod that runs one of our services: non-root, read-only root, no privileges, probed on the paths that every service has,
/// drained in less than the 30 s that the specification allows.
/// </summary>
internal sealed record ServicePod
{
    /// <summary>Seconds from the end of traffic to the kill. Spot gives 120 s in all; in-flight work ends within 5.</summary>
    public const int GraceSeconds = 25;

    // .NET's chiseled images run as this user ("app"), and a number is what runAsNonRoot can check (dotnet/dotnet-docker).
    private const int AppUser = 1654;

    public required string App { get; init; }

    public required string Image { get; init; }

    public required Input<string>[] Arguments { get; init; }

    /// <summary>What to run instead of the image's own entry point; empty for that.</summary>
    public string[] Command { get; init; } = [];

    public required string Cpu { get; init; }

    public required string Memory { get; init; }

    public required string PriorityClass { get; init; }

    /// <summary>Seconds from the notice until the process may refuse connections: endpoints need a moment to leave kube-proxy, and a
    /// load balancer's targets a longer one. Default: 5.</summary>
    public int PreStopSeconds { get; init; } = 5;

    /// <summary>A job: no probes, no port, and a new pod only where one failed.</summary>
    public bool RunsToCompletion { get; init; }

    /// <summary>Needs a token of the Kubernetes API; Pod Identity does not.</summary>
    public bool CallsKubernetes { get; init; }

    public int Port { get; init; } = ServiceEndpoints.Port;

    /// <summary>Name of the port.</summary>
    public string PortName { get; init; } = "http";

    /// <summary>Further ports by name.</summary>
    public (string Name, int Port)[] MorePorts { get; init; } = [];

    /// <summary>One path on a port, by name, that answers every probe; null for the paths that every service of ours has.</summary>
    public (string Path, string Port)? HealthCheck { get; init; }

    /// <summary>Where its traces go by OTLP; null for nowhere.</summary>
    public string? TraceEndpoint { get; init; }

    /// <summary>Environment variables.</summary>
    public (string Name, Input<string> Value)[] Environment { get; init; } = [];

    /// <summary>Group of its processes. Default: the user's own.</summary>
    public int Group { get; init; } = AppUser;

    /// <summary>Probe by opening a connection instead of by the health paths.</summary>
    public bool ProbesByConnection { get; init; }

    /// <summary>Spread over spot and on-demand, or, if null, on on-demand nodes only.</summary>
    public CapacitySpread? Spread { get; init; }

    /// <summary>Values of <see cref="CapacitySpread.Label"/> that the pod may run on; null means any.</summary>
    public InputList<string>? OnlyOn { get; init; }

    public InputList<VolumeMountArgs> Mounts { get; init; } = new();

    public InputList<VolumeArgs> Volumes { get; init; } = new();

    public PodTemplateSpecArgs Template()
    {
        var spec = new PodSpecArgs
        {
            ServiceAccountName = App,
            AutomountServiceAccountToken = CallsKubernetes,
            PriorityClassName = PriorityClass,
            TerminationGracePeriodSeconds = GraceSeconds,
            SecurityContext = new PodSecurityContextArgs
            {
                RunAsNonRoot = true,
                RunAsUser = AppUser,
                RunAsGroup = Group,
                FsGroup = AppUser,
                SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
            },
            Containers = { Container() },
            Volumes = Volumes,
            TopologySpreadConstraints = { SpreadOverZones() },
        };
        spec.Volumes.Add(new VolumeArgs { Name = "tmp", EmptyDir = new EmptyDirVolumeSourceArgs { SizeLimit = "256Mi" } });
        if (RunsToCompletion)
            spec.RestartPolicy = "OnFailure";
        if (Spread is not null)
            spec.TopologySpreadConstraints.Add(SpreadOverCapacity(Spread));
        if (OnlyOn is not null)
            spec.Affinity = OnNodes(OnlyOn);
        return new PodTemplateSpecArgs
        {
            Metadata = new ObjectMetaArgs { Labels = ObjectMetadata.Labels(App) },
            Spec = spec,
        };
    }

    private ContainerArgs Container()
    {
        var container = new ContainerArgs
        {
            Name = App,
            Image = Image,
            Args = Arguments,
            Resources = new ResourceRequirementsArgs
            {
                Requests = { ["cpu"] = Cpu, ["memory"] = Memory },
                // Memory only: a CPU limit throttles a pod while its node idles.
                Limits = { ["memory"] = Memory },
            },
            SecurityContext = new SecurityContextArgs
            {
                AllowPrivilegeEscalation = false,
                ReadOnlyRootFilesystem = true,
                Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
            },
            VolumeMounts = Mounts,
        };
        if (Command.Length > 0)
            container.Command = Command;
        foreach (var (name, value) in Environment)
            container.Env.Add(new EnvVarArgs { Name = name, Value = value });
        if (TraceEndpoint is not null)
            Trace(container, TraceEndpoint);
        if (!RunsToCompletion)
            Serve(container);
        container.VolumeMounts.Add(new VolumeMountArgs { Name = "tmp", MountPath = "/tmp" });
        return container;
    }

    // Everything is recorded up to the collectors, which see how a trace ends and decide then.
    private void Trace(ContainerArgs container, string endpoint)
    {
        container.Env.Add(new EnvVarArgs { Name = "OTEL_EXPORTER_OTLP_ENDPOINT", Value = endpoint });
        container.Env.Add(new EnvVarArgs { Name = "OTEL_SERVICE_NAME", Value = App });
        container.Env.Add(new EnvVarArgs { Name = "OTEL_TRACES_SAMPLER", Value = "parentbased_always_on" });
    }

    private void Serve(ContainerArgs container)
    {
        container.Ports.Add(new ContainerPortArgs { Name = PortName, ContainerPortValue = Port });
        foreach (var (name, port) in MorePorts)
            container.Ports.Add(new ContainerPortArgs { Name = name, ContainerPortValue = port });
        container.Lifecycle = new LifecycleArgs
        {
            PreStop = new LifecycleHandlerArgs { Sleep = new SleepActionArgs { Seconds = PreStopSeconds } },
        };
        container.StartupProbe = Probe(ServiceEndpoints.Ready, periodSeconds: 2, failures: 60);
        container.LivenessProbe = Probe(ServiceEndpoints.Live, periodSeconds: 10, failures: 3);
        container.ReadinessProbe = Probe(ServiceEndpoints.Ready, periodSeconds: 2, failures: 2);
    }

    private ProbeArgs Probe(string path, int periodSeconds, int failures)
    {
        var probe = new ProbeArgs { PeriodSeconds = periodSeconds, FailureThreshold = failures, TimeoutSeconds = 2 };
        if (ProbesByConnection)
            probe.TcpSocket = new TCPSocketActionArgs { Port = PortName };
        else
            probe.HttpGet = new HTTPGetActionArgs { Path = HealthCheck?.Path ?? path, Port = HealthCheck?.Port ?? PortName };
        return probe;
    }

    // Zones come second: a pod that waits for a zone helps nobody.
    private TopologySpreadConstraintArgs SpreadOverZones() => new()
    {
        MaxSkew = 1,
        TopologyKey = "topology.kubernetes.io/zone",
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = ObjectMetadata.Selector(App),
    };

    private TopologySpreadConstraintArgs SpreadOverCapacity(CapacitySpread spread) => new()
    {
        MaxSkew = 1,
        TopologyKey = CapacitySpread.Label,
        WhenUnsatisfiable = "DoNotSchedule",
        MinDomains = spread.DomainCount,
        LabelSelector = ObjectMetadata.Selector(App),
        // Old and new pods of a roll-out are counted apart, or the new ones would lean to one side.
        MatchLabelKeys = { "pod-template-hash" },
    };

    private static AffinityArgs OnNodes(InputList<string> domains) => new()
    {
        NodeAffinity = new NodeAffinityArgs
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelectorArgs
            {
                NodeSelectorTerms =
                {
                    new NodeSelectorTermArgs
                    {
                        MatchExpressions = { new NodeSelectorRequirementArgs { Key = CapacitySpread.Label, Operator = "In", Values = domains } },
                    },
                },
            },
        },
    };
}
