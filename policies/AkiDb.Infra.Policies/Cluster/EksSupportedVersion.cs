namespace AkiDb.Infra.Policies.Cluster;

/// <summary>Clusters run a version that AWS still mends.</summary>
internal sealed class EksSupportedVersion : StackRule
{
    public override RuleAbout About { get; } = new("eks-supported-version", Severity.High,
        title: "Clusters run a Kubernetes version in standard support",
        why: "After standard support the control plane costs six times as much, and a year later EKS upgrades it on a day of its own choosing.",
        fix: "Raise akidb:cluster version by one minor version at a time; staging first.",
        frameworks: ["CKV_AWS_339", "EKS.2"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType("aws:eks/cluster:Cluster").Select(cluster =>
        cluster.Must("version", value => Is.Present(value).And(
            Is.Text(version => EksVersions.EndOf(version) is not { } end || plan.Context.Today <= end)(value)),
            "a version named here and in standard support today"));
}
