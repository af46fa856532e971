using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Policies.Network;

/// <summary>A group does not let everything out to everywhere.</summary>
internal sealed class EgressNarrow() : ResourceRule(SecurityGroupPermission.Types)
{
    public override RuleAbout About { get; } = new("security-group-egress-narrow", Severity.Low,
        title: "Security groups name what may go out",
        why: "Unbounded egress is how data leaves and how malware phones home.",
        fix: "Name protocol, ports and destination; use VPC endpoints for AWS services.",
        frameworks: ["CKV_AWS_382"],
        level: EnforcementLevel.Advisory);

    protected override IEnumerable<Finding?> Check(PlannedResource resource) => SecurityGroupPermission.Of(resource, inbound: false).Select(permission =>
        resource.Must(permission.IsEverything().And(permission.IsForEveryone()).Not(), permission.Path, "everything to everywhere", "named ports or destinations"));
}
