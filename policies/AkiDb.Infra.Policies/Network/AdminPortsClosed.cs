using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Network;

/// <summary>Nobody on the internet reaches a port that administers something.</summary>
internal sealed class AdminPortsClosed() : ResourceRule(SecurityGroupPermission.Types)
{
    private static readonly (int Port, string Name)[] Ports = [(22, "SSH"), (80, "plain HTTP"), (3389, "RDP"), (6443, "the Kubernetes API"), (10250, "the kubelet")];

    public override RuleAbout About { get; } = new("security-group-admin-ports-closed", Severity.Critical,
        title: "No security group opens SSH, plain HTTP, RDP, the kubelet or everything to the internet",
        why: "These ports are scanned all day; one weak password or one unpatched service is enough.",
        fix: "Name the source: a security group, a prefix list or a network of /8 or smaller. For HTTP use CloudFront and 443.",
        frameworks: ["CKV_AWS_24", "CKV_AWS_260", "CKV_AWS_277"]);

    protected override IEnumerable<Finding?> Check(PlannedResource resource) => SecurityGroupPermission.Of(resource, inbound: true).Select(permission =>
    {
        var everyone = permission.IsForEveryone();
        var open = Ports.Select(port => (port.Name, Open: permission.Covers(port.Port).And(everyone))).Where(port => port.Open != Truth.No).ToList();
        return resource.Must(open.Select(port => port.Open).Any().Not(), permission.Path,
            $"{string.Join(", ", open.Select(port => port.Name))} open to the internet", "a source that is not the whole internet");
    });
}
