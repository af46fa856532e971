using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Cluster;

/// <summary>Nobody logs into nodes over the network.</summary>
internal sealed class EksNodesWithoutSsh() : ResourceRule("aws:eks/nodeGroup:NodeGroup")
{
    public override RuleAbout About { get; } = new("eks-nodes-without-ssh", Severity.High,
        title: "Node groups do not open SSH to the world",
        why: "A remote-access key without source security groups opens port 22 of every node to 0.0.0.0/0.",
        fix: "Remove remoteAccess and use SSM Session Manager; if SSH is unavoidable, set remoteAccess.sourceSecurityGroupIds.",
        frameworks: ["CKV_AWS_100"]);

    protected override IEnumerable<Finding?> Check(PlannedResource group) =>
    [
        group.Must(
            group.Is("remoteAccess.ec2SshKey", Is.Absent).Or(group.Is("remoteAccess.sourceSecurityGroupIds", Is.Present)),
            "remoteAccess", "an SSH key without source security groups", "no remote access, or one from named security groups"),
    ];
}
