using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Cluster;

/// <summary>The Kubernetes API is reached from inside the network.</summary>
internal sealed class EksPublicEndpointOff() : ResourceRule("aws:eks/cluster:Cluster")
{
    public override RuleAbout About { get; } = new("eks-public-endpoint-off", Severity.High,
        title: "The cluster's API server has no public endpoint",
        why: "Whoever holds a stolen token can use it from anywhere as long as the API server answers the internet.",
        fix: "Set vpcConfig.endpointPublicAccess to false and endpointPrivateAccess to true; reach the API through a VPN or from a runner in the VPC.",
        frameworks: ["CKV_AWS_39", "EKS.1", "eks_endpoint_no_public_access"]);

    // AWS opens the endpoint where nothing is said.
    protected override IEnumerable<Finding?> Check(PlannedResource cluster) =>
        [cluster.Must("vpcConfig.endpointPublicAccess", value => Is.Present(value).And(Is.NotTrue(value)), "false")];
}
