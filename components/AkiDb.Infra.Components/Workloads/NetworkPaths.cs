using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Who may reach a service, and whom it may reach. DNS and metric scrapes are always open.</summary>
internal sealed record NetworkPaths
{
    /// <summary>Namespace that Prometheus runs in.</summary>
    public const string MonitoringNamespace = MonitoringNames.Namespace;

    private const int Https = 443;

    private const int OtlpPort = 4317;

    // The EKS Pod Identity agent's link-local address (EKS user guide, "Pod Identity agent", read 2026-11).
    private const string PodIdentityAgent = "169.254.170.23/32";

    /// <summary>Port that the service listens on.</summary>
    public int Port { get; init; } = ServiceEndpoints.Port;

    /// <summary>Services of the namespace that may call it.</summary>
    public string[] From { get; init; } = [];

    /// <summary>Namespaces whose pods may call it.</summary>
    public string[] FromNamespaces { get; init; } = [];

    /// <summary>Anything in the network may call it: the load balancer's targets.</summary>
    public bool FromAnywhere { get; init; }

    /// <summary>Services of the namespace that it calls, with their ports.</summary>
    public (string App, int Port)[] To { get; init; } = [];

    /// <summary>It calls AWS by HTTPS, with credentials from the Pod Identity agent.</summary>
    public bool ToAws { get; init; }

    /// <summary>It calls the API server of its own cluster.</summary>
    public bool ToKubernetes { get; init; }

    /// <summary>Addresses outside the cluster that it calls, with their port.</summary>
    public (string Cidr, int Port)? ToBlock { get; init; }

    /// <summary>It queries Prometheus.</summary>
    public bool ToPrometheus { get; init; }

    /// <summary>It sends traces to the collectors.</summary>
    public bool ToCollectors { get; init; }

    /// <summary>Its namespace does not let everybody ask DNS, so it must be allowed to.</summary>
    public bool AsksDns { get; init; }

    public InputList<NetworkPolicyIngressRuleArgs> Ingress()
    {
        var rules = new InputList<NetworkPolicyIngressRuleArgs>
        {
            new NetworkPolicyIngressRuleArgs { From = { Namespace(MonitoringNamespace) }, Ports = { Tcp(Port) } },
        };
        foreach (var app in From)
            rules.Add(new NetworkPolicyIngressRuleArgs { From = { Pods(app) }, Ports = { Tcp(Port) } });
        foreach (var space in FromNamespaces)
            rules.Add(new NetworkPolicyIngressRuleArgs { From = { Namespace(space) }, Ports = { Tcp(Port) } });
        if (FromAnywhere)
            rules.Add(new NetworkPolicyIngressRuleArgs { Ports = { Tcp(Port) } });
        return rules;
    }

    public InputList<NetworkPolicyEgressRuleArgs> Egress()
    {
        var rules = new InputList<NetworkPolicyEgressRuleArgs>();
        foreach (var (app, port) in To)
            rules.Add(new NetworkPolicyEgressRuleArgs { To = { Pods(app) }, Ports = { Tcp(port) } });
        if (ToAws || ToKubernetes)
            rules.Add(new NetworkPolicyEgressRuleArgs { Ports = { Tcp(Https) } });
        if (ToAws)
            rules.Add(new NetworkPolicyEgressRuleArgs { To = { Block(PodIdentityAgent) }, Ports = { Tcp(80) } });
        if (ToBlock is { } block)
            rules.Add(new NetworkPolicyEgressRuleArgs { To = { Block(block.Cidr) }, Ports = { Tcp(block.Port) } });
        if (ToPrometheus)
            rules.Add(new NetworkPolicyEgressRuleArgs { To = { Namespace(MonitoringNamespace) }, Ports = { Tcp(9090) } });
        if (AsksDns)
            rules.Add(new NetworkPolicyEgressRuleArgs { To = { Namespace("kube-system") }, Ports = { Tcp(53), new NetworkPolicyPortArgs { Protocol = "UDP", Port = 53 } } });
        if (ToCollectors)
            rules.Add(new NetworkPolicyEgressRuleArgs { To = { Namespace(MonitoringNamespace) }, Ports = { Tcp(OtlpPort) } });
        return rules;
    }

    private static NetworkPolicyPortArgs Tcp(int port) => new() { Protocol = "TCP", Port = port };

    private static NetworkPolicyPeerArgs Pods(string app) => new() { PodSelector = ObjectMetadata.Selector(app) };

    private static NetworkPolicyPeerArgs Block(string cidr) => new() { IpBlock = new IPBlockArgs { Cidr = cidr } };

    private static NetworkPolicyPeerArgs Namespace(string name) => new()
    {
        NamespaceSelector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = name } },
    };
}
