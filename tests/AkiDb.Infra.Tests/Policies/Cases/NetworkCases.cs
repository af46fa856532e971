namespace AkiDb.Infra.Tests.Policies.Cases;

public sealed class NetworkCases : IRuleCases
{
    private const string Group = "aws:ec2/securityGroup:SecurityGroup";
    private const string Closed = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

    public IEnumerable<RuleCase> Cases =>
    [
        RuleCase.Of("vpc-flow-logs",
            plan => plan.Has("aws:ec2/vpc:Vpc", "vpc").Has("aws:ec2/flowLog:FlowLog", "flow", "vpcId: vpc-1", "vpc"),
            plan => plan.Has("aws:ec2/vpc:Vpc", "vpc").Has("aws:ec2/vpc:Vpc", "other").Has("aws:ec2/flowLog:FlowLog", "flow", "vpcId: vpc-2", "other")),
        RuleCase.Of("vpc-default-security-group-closed",
            plan => plan.Has("aws:ec2/vpc:Vpc", "vpc").Has(Closed, "group", "vpcId: vpc-1", "vpc"),
            plan => plan.Has("aws:ec2/vpc:Vpc", "vpc").Has(Closed, "group", "{vpcId: vpc-1, egress: [{protocol: '-1'}]}", "vpc")),
        RuleCase.One("subnet-without-public-addresses", "aws:ec2/subnet:Subnet", "cidrBlock: 10.0.0.0/24", "mapPublicIpOnLaunch: true"),
        RuleCase.One("security-group-admin-ports-closed", Group,
            "ingress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [0.0.0.0/0]}, {protocol: tcp, fromPort: 22, toPort: 22, cidrBlocks: [10.0.0.0/8]}]",
            "ingress: [{protocol: tcp, fromPort: 20, toPort: 30, ipv6CidrBlocks: ['::/0']}]"),
        RuleCase.One("security-group-egress-narrow", Group,
            "egress: [{protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: [0.0.0.0/0]}]", "egress: [{protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: [0.0.0.0/0]}]"),
    ];
}
