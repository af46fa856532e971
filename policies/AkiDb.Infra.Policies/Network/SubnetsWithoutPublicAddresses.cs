using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Network;

/// <summary>Nothing becomes public by being launched.</summary>
internal sealed class SubnetsWithoutPublicAddresses() : ResourceRule("aws:ec2/subnet:Subnet"), IRemediation
{
    public override RuleAbout About { get; } = new("subnet-without-public-addresses", Severity.Medium,
        title: "Subnets give out no public addresses",
        why: "An instance in such a subnet stands in the internet before anyone has decided that it should.",
        fix: "Set mapPublicIpOnLaunch to false; give public addresses to load balancers and NAT gateways by name.",
        frameworks: ["CKV_AWS_130", "EC2.15"],
        level: EnforcementLevel.Remediate);

    public IReadOnlyDictionary<string, PlanValue> Remediate(PlannedResource resource) =>
        resource.Is("mapPublicIpOnLaunch", Is.True) == Truth.Yes
            ? new Dictionary<string, PlanValue> { ["mapPublicIpOnLaunch"] = new BooleanValue(false) }
            : [];

    protected override IEnumerable<Finding?> Check(PlannedResource subnet) =>
        [subnet.Must("mapPublicIpOnLaunch", Is.NotTrue, "false")];
}
