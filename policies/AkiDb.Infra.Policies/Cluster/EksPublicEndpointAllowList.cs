using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Cluster;

/// <summary>Where the API is public, only named networks reach it.</summary>
internal sealed class EksPublicEndpointAllowList() : ResourceRule("aws:eks/cluster:Cluster")
{
    public override RuleAbout About { get; } = new("eks-public-endpoint-allow-list", Severity.Critical,
        title: "A public API endpoint answers only allow-listed networks",
        why: "An API server open to 0.0.0.0/0, which is what EKS does where no list is given, is found by scanners within minutes.",
        fix: "Set vpcConfig.publicAccessCidrs to the networks of the office, the VPN or the runners; none wider than /8.",
        frameworks: ["CKV_AWS_38"]);

    protected override IEnumerable<Finding?> Check(PlannedResource cluster)
    {
        if (cluster.Is("vpcConfig.endpointPublicAccess", Is.NotFalse) == Truth.No)
            return [];
        return
        [
            cluster.Must("vpcConfig.publicAccessCidrs", Is.Present, "an allow-list"),
            .. cluster.Items("vpcConfig.publicAccessCidrs").Select(path =>
                cluster.Must(path, Is.Text(block => !Networks.IsWide(block)), "a network of /8 or smaller")),
        ];
    }
}
