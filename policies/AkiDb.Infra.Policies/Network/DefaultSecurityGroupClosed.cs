namespace AkiDb.Infra.Policies.Network;

/// <summary>The security group that AWS makes lets nothing through.</summary>
internal sealed class DefaultSecurityGroupClosed : StackRule
{
    public override RuleAbout About { get; } = new("vpc-default-security-group-closed", Severity.Medium,
        title: "Every VPC's default security group is closed",
        why: "What is launched without a group of its own gets the default one, which as AWS makes it lets all its members talk and everything out.",
        fix: "Declare an aws:ec2/defaultSecurityGroup:DefaultSecurityGroup for the VPC without ingress and egress.",
        frameworks: ["CKV2_AWS_12", "EC2.2"]);

    protected override IEnumerable<Finding?> Judge(PlanView plan) => plan.OfType("aws:ec2/vpc:Vpc").SelectMany(network =>
    {
        var groups = plan.LinkedTo(network, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId", "id").ToList();
        return groups.SelectMany(group => new[]
            {
                group.Resource.Must("ingress", Is.Absent, "no rule"),
                group.Resource.Must("egress", Is.Absent, "no rule"),
            })
            .Append(network.Must(groups.Select(group => group.Belongs).Any(), "", "a default security group as AWS made it", "one that is declared, and empty"));
    });
}
