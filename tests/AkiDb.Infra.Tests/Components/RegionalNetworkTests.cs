using System.Collections.Immutable;
using AkiDb.Infra.Components.Network;
using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Offline;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components;

public sealed class RegionalNetworkTests
{
    [Fact]
    public async Task Network_ThreeZones_SplitsItsBlockWithoutOverlap()
    {
        var plan = await PlanOf(Args());

        var subnets = plan.OfType("aws:ec2/subnet:Subnet").ToList();
        var blocks = subnets.Select(subnet => CidrBlock.Parse(subnet.Text("cidrBlock"))).ToList();
        subnets.Should().HaveCount(6);
        subnets.Select(subnet => subnet.Text("availabilityZoneId")).Distinct().Should().HaveCount(3);
        blocks.Should().OnlyContain(block => block.Overlaps(CidrBlock.Parse("10.16.0.0/16")));
        blocks.SelectMany((left, index) => blocks.Skip(index + 1).Select(right => left.Overlaps(right))).Should().NotContain(true);
    }

    [Fact]
    public async Task Network_AnySubnet_GivesNoPublicAddress() =>
        (await PlanOf(Args())).OfType("aws:ec2/subnet:Subnet").Should().OnlyContain(subnet => !subnet.Flag("mapPublicIpOnLaunch"));

    [Fact]
    public async Task Network_PrivateSubnets_AreFoundByKarpenterAndPublicOnesByLoadBalancers()
    {
        var subnets = (await PlanOf(Args())).OfType("aws:ec2/subnet:Subnet").ToList();

        subnets.Where(subnet => subnet.Input("tags[\"karpenter.sh/discovery\"]") is not null)
            .Select(subnet => subnet.Name).Should().Equal("net-private-1", "net-private-2", "net-private-3");
        subnets.Where(subnet => subnet.Input("tags[\"kubernetes.io/role/elb\"]") is not null)
            .Select(subnet => subnet.Name).Should().Equal("net-public-1", "net-public-2", "net-public-3");
    }

    [Theory]
    [InlineData(NatGatewayLayout.One, 1, 3)]
    [InlineData(NatGatewayLayout.PerZone, 3, 3)]
    public async Task Network_NatLayout_DecidesGatewaysAndEveryPrivateSubnetHasAWayOut(NatGatewayLayout layout, int gateways, int routes)
    {
        var plan = await PlanOf(Args(layout));

        plan.OfType("aws:ec2/natGateway:NatGateway").Should().HaveCount(gateways);
        plan.OfType("aws:ec2/eip:Eip").Should().HaveCount(gateways);
        plan.OfType("aws:ec2/route:Route").Count(route => route.Input("natGatewayId") is not null).Should().Be(routes);
    }

    [Fact]
    public async Task Network_WithoutNat_HasOneRouteOutAndInterfaceEndpointsBehindOneGroup()
    {
        var plan = await PlanOf(Args(NatGatewayLayout.None, ["ecr.api", "sts"]));

        plan.OfType("aws:ec2/route:Route").Should().ContainSingle().Which.Name.Should().Be("net-public-out");
        plan.OfType("aws:ec2/vpcEndpoint:VpcEndpoint").Select(endpoint => (endpoint.Text("serviceName"), endpoint.Text("vpcEndpointType")))
            .Should().BeEquivalentTo([
                ("com.amazonaws.eu-central-1.s3", "Gateway"),
                ("com.amazonaws.eu-central-1.ecr.api", "Interface"),
                ("com.amazonaws.eu-central-1.sts", "Interface"),
            ]);
        var rule = plan.Only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
        (rule.Text("cidrIpv4"), rule.Number("fromPort"), rule.Number("toPort")).Should().Be(("10.16.0.0/16", 443, 443));
    }

    [Fact]
    public async Task Network_S3Endpoint_ServesEveryRouteTable()
    {
        var plan = await PlanOf(Args());

        plan.Only("aws:ec2/vpcEndpoint:VpcEndpoint").Texts("routeTableIds")
            .Should().HaveCount(plan.OfType("aws:ec2/routeTable:RouteTable").Count());
    }

    [Fact]
    public async Task Network_DefaultSecurityGroup_LetsNothingThrough()
    {
        var group = (await PlanOf(Args())).Only("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");

        group.Input("ingress").Should().BeNull();
        group.Input("egress").Should().BeNull();
    }

    [Fact]
    public async Task Network_FlowLog_IsKeptEncryptedForTheSetTime()
    {
        var plan = await PlanOf(Args());

        plan.Only("aws:ec2/flowLog:FlowLog").Text("trafficType").Should().Be("ALL");
        var group = plan.Only("aws:cloudwatch/logGroup:LogGroup");
        (group.Number("retentionInDays"), group.Text("kmsKeyId")).Should().Be((30, "arn:aws:kms:eu-central-1:111122223333:key/k"));
    }

    [Theory]
    [InlineData("10.0.0.0/21", "Block prefix length is '21'; allowed: 16 to 20")]
    [InlineData("10.0.0.0/15", "Block prefix length is '15'; allowed: 16 to 20")]
    public async Task Network_BlockOutOfRange_IsRefused(string block, string expected) =>
        await Refused(Args(block: block), expected);

    [Fact]
    public async Task Network_ZoneTwice_IsRefused() =>
        await Refused(Args(zones: ["euc1-az1", "euc1-az1", "euc1-az2"]), "three different zone ids");

    [Fact]
    public async Task Network_NoWayOutAtAll_IsRefused() => await Refused(Args(NatGatewayLayout.None), "InterfaceEndpoints");

    [Fact]
    public async Task Network_RetentionThatCloudWatchLacks_IsRefused() => await Refused(Args(retention: 31), "FlowLogRetentionDays is '31'");

    private static async Task Refused(RegionalNetworkArgs args, string expected)
    {
        var plan = () => PlanOf(args);
        (await plan.Should().ThrowAsync<EvaluationException>()).Which.Message.Should().Contain("RegionalNetwork 'net'").And.Contain(expected);
    }

    private static Task<StackPlan> PlanOf(RegionalNetworkArgs args) => ProgramPlan.OfAsync(() => _ = new RegionalNetwork("net", args));

    private static RegionalNetworkArgs Args(
        NatGatewayLayout layout = NatGatewayLayout.One,
        ImmutableArray<string> endpoints = default,
        string block = "10.16.0.0/16",
        ImmutableArray<string> zones = default,
        int retention = 30) => new()
        {
            Region = "eu-central-1",
            Block = CidrBlock.Parse(block),
            ZoneIds = zones.IsDefault ? ["euc1-az1", "euc1-az2", "euc1-az3"] : zones,
            ClusterName = "akidb-test",
            NatGateways = layout,
            InterfaceEndpoints = endpoints.IsDefault ? [] : endpoints,
            FlowLogRetentionDays = retention,
            LogKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/k",
        };
}
