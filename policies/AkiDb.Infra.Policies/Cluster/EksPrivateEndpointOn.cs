using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Cluster;

/// <summary>Nodes reach the API without leaving the network.</summary>
internal sealed class EksPrivateEndpointOn() : ResourceRule("aws:eks/cluster:Cluster")
{
    public override RuleAbout About { get; } = new("eks-private-endpoint-on", Severity.Medium,
        title: "The cluster's API server has a private endpoint",
        why: "Without it the nodes talk to their control plane over the internet, and an allow-list on the public endpoint would have to let the NAT gateways in.",
        fix: "Set vpcConfig.endpointPrivateAccess to true.");

    protected override IEnumerable<Finding?> Check(PlannedResource cluster) =>
        [cluster.Must("vpcConfig.endpointPrivateAccess", Is.True, "true")];
}
