using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Kubernetes;

/// <summary>A namespace whose pods reach nobody and are reached by nobody, except that they may ask DNS; paths are opened one by one.</summary>
internal static class ClosedNetwork
{
    /// <summary>Closes namespace <paramref name="space"/>.</summary>
    public static void Create(string name, string space, CustomResourceOptions options)
    {
        _ = new K8s.Networking.V1.NetworkPolicy($"{name}-closed", new NetworkPolicyArgs
        {
            Metadata = ObjectMetadata.In(space, "default-deny"),
            Spec = new NetworkPolicySpecArgs { PodSelector = new LabelSelectorArgs(), PolicyTypes = { "Ingress", "Egress" } },
        }, options);
        _ = new K8s.Networking.V1.NetworkPolicy($"{name}-dns", new NetworkPolicyArgs
        {
            Metadata = ObjectMetadata.In(space, "allow-dns"),
            Spec = new NetworkPolicySpecArgs
            {
                PodSelector = new LabelSelectorArgs(),
                PolicyTypes = { "Egress" },
                Egress =
                {
                    new NetworkPolicyEgressRuleArgs
                    {
                        To =
                        {
                            new NetworkPolicyPeerArgs
                            {
                                NamespaceSelector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = "kube-system" } },
                                PodSelector = new LabelSelectorArgs { MatchLabels = { ["k8s-app"] = "kube-dns" } },
                            },
                        },
                        Ports =
                        {
                            new NetworkPolicyPortArgs { Protocol = "UDP", Port = 53 },
                            new NetworkPolicyPortArgs { Protocol = "TCP", Port = 53 },
                        },
                    },
                },
            },
        }, options);
    }
}
