using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability;

/// <summary>The paths into and out of namespace <c>monitoring</c>; everything else stays closed.</summary>
internal static class MonitoringNetwork
{
    /// <summary>The namespace of the monitoring.</summary>
    public const string Namespace = MonitoringNames.Namespace;

    private const int Https = 443;

    // The EKS Pod Identity agent's link-local address (EKS user guide, "Pod Identity agent", read 2026-11).
    private const string PodIdentityAgent = "169.254.170.23/32";

    // The operator's webhook; the API server calls it from addresses that no label names.
    private const int Webhook = 10250;

    /// <summary>Ports that Prometheus scrapes outside of its namespace: services and Karpenter, kubelets, node exporters, CoreDNS.</summary>
    private static readonly int[] Scraped = [ServiceEndpoints.Port, 10250, 9100, 9153];

    /// <summary>Declares the paths.</summary>
    public static void Open(string name, CustomResourceOptions options)
    {
        // Whatever stands in the namespace belongs together: Prometheus scrapes and asks all of it, Grafana asks Prometheus.
        Declare(name, "inside", new LabelSelectorArgs(), options,
            ingress: [new NetworkPolicyIngressRuleArgs { From = { new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs() } } }],
            egress: [new NetworkPolicyEgressRuleArgs { To = { new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs() } } }]);
        // The API server of the cluster, AWS, PagerDuty: HTTPS; credentials come from the Pod Identity agent.
        Declare(name, "https", new LabelSelectorArgs(), options, [], egress:
        [
            new NetworkPolicyEgressRuleArgs { Ports = { Tcp(Https) } },
            new NetworkPolicyEgressRuleArgs { To = { new NetworkPolicyPeerArgs { IpBlock = new IPBlockArgs { Cidr = PodIdentityAgent } } }, Ports = { Tcp(80) } },
        ]);
        Declare(name, "scrapes", Pods("prometheus"), options, [], egress: [new NetworkPolicyEgressRuleArgs { Ports = Tcp(Scraped) }]);
        Declare(name, "queries", Pods("prometheus"), options, [FromAkiDb(9090)], []);
        Declare(name, "alerts", Pods("alertmanager"), options, [FromAkiDb(9093)], []);
        Declare(name, "webhook", new LabelSelectorArgs { MatchLabels = { ["app"] = $"{Monitoring.ReleaseName}-operator" } }, options,
            [new NetworkPolicyIngressRuleArgs { Ports = { Tcp(Webhook) } }], []);
    }

    private static void Declare(
        string name, string path, LabelSelectorArgs pods, CustomResourceOptions options,
        NetworkPolicyIngressRuleArgs[] ingress, NetworkPolicyEgressRuleArgs[] egress)
    {
        var spec = new NetworkPolicySpecArgs { PodSelector = pods };
        if (ingress.Length > 0)
        {
            spec.PolicyTypes.Add("Ingress");
            spec.Ingress = ingress;
        }

        if (egress.Length > 0)
        {
            spec.PolicyTypes.Add("Egress");
            spec.Egress = egress;
        }

        _ = new K8s.Networking.V1.NetworkPolicy($"{name}-{path}", new NetworkPolicyArgs
        {
            Metadata = ObjectMetadata.In(Namespace, $"allow-{path}"),
            Spec = spec,
        }, options);
    }

    private static NetworkPolicyIngressRuleArgs FromAkiDb(int port) => new()
    {
        From =
        {
            new NetworkPolicyPeerArgs
            {
                NamespaceSelector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = ServiceNames.Namespace } },
            },
        },
        Ports = { Tcp(port) },
    };

    private static LabelSelectorArgs Pods(string app) => new() { MatchLabels = { [ObjectMetadata.App] = app } };

    private static InputList<NetworkPolicyPortArgs> Tcp(int[] ports) => ports.Select(Tcp).ToArray();

    private static NetworkPolicyPortArgs Tcp(int port) => new() { Protocol = "TCP", Port = port };
}
