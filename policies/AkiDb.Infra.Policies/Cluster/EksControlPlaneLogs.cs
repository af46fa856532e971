using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Cluster;

/// <summary>Everything that the control plane logs is kept.</summary>
internal sealed class EksControlPlaneLogs() : ResourceRule("aws:eks/cluster:Cluster")
{
    private static readonly string[] LogTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

    public override RuleAbout About { get; } = new("eks-control-plane-logs", Severity.Medium,
        title: "Every control-plane log is on",
        why: "Without the audit log nobody can tell who did what; without the others a failed upgrade or login cannot be explained.",
        fix: "Set enabledClusterLogTypes to api, audit, authenticator, controllerManager and scheduler.",
        frameworks: ["CKV_AWS_37", "EKS.8"]);

    protected override IEnumerable<Finding?> Check(PlannedResource cluster) =>
        [cluster.Must("enabledClusterLogTypes", Is.ListWith(LogTypes), string.Join(", ", LogTypes))];
}
