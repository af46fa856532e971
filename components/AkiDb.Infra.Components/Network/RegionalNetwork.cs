using System.Collections.Immutable;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Network;

/// <summary>
/// One region's network: private and public subnets in three zones, a way out, the free S3 endpoint, flow logs, and a default
/// security group that lets nothing through. Nodes live in private subnets; public ones hold load balancers and NAT only.
/// </summary>
public sealed class RegionalNetwork : ComponentResource
{
    /// <summary>Zones of a network: EKS wants at least two, spot capacity and quorums want three.</summary>
    public const int ZoneCount = 3;

    private readonly string _name;
    private readonly RegionalNetworkArgs _args;

    /// <summary>Declares the network.</summary>
    /// <exception cref="ArgumentException">A block other than /16 to /20, or not three different zones.</exception>
    public RegionalNetwork(string name, RegionalNetworkArgs args, ComponentResourceOptions? options = null)
        : base("akidb:network:RegionalNetwork", name, args, options)
    {
        (_name, _args) = (name, args);
        CheckArguments();

        var plan = SubnetPlan.For(args.Block);
        var vpc = CreateVpc();
        var publicSubnets = CreateSubnets(vpc, "public", plan.Public, "kubernetes.io/role/elb");
        var privateSubnets = CreateSubnets(vpc, "private", plan.Private, "kubernetes.io/role/internal-elb");
        var publicRoutes = CreatePublicRoutes(vpc, publicSubnets);
        var privateRoutes = CreatePrivateRoutes(vpc, publicSubnets, privateSubnets);
        CreateGatewayEndpoint(vpc, [publicRoutes, .. privateRoutes]);
        CreateInterfaceEndpoints(vpc, privateSubnets);
        FlowLogs.Create(_name, vpc, args, this);

        VpcId = vpc.Id;
        PublicSubnetIds = Output.All(publicSubnets.Select(subnet => subnet.Id));
        PrivateSubnetIds = Output.All(privateSubnets.Select(subnet => subnet.Id));
        PrivateRouteTableIds = [.. privateRoutes.Select(table => table.Id)];
        RegisterOutputs(new Dictionary<string, object?>
        {
            ["vpcId"] = VpcId,
            ["publicSubnetIds"] = PublicSubnetIds,
            ["privateSubnetIds"] = PrivateSubnetIds,
        });
    }

    /// <summary>Id of the VPC.</summary>
    public Output<string> VpcId { get; }

    /// <summary>Subnets of load balancers, in the order of the zones.</summary>
    public Output<ImmutableArray<string>> PublicSubnetIds { get; }

    /// <summary>Subnets of nodes and pods, in the order of the zones.</summary>
    public Output<ImmutableArray<string>> PrivateSubnetIds { get; }

    /// <summary>Route tables of the private subnets, in the order of the zones.</summary>
    public ImmutableArray<Output<string>> PrivateRouteTableIds { get; }

    private void CheckArguments()
    {
        var component = $"RegionalNetwork '{_name}'";
        ComponentArgument.InRange(component, "Block prefix length", _args.Block.PrefixLength, 16, 20);
        ComponentArgument.Require(_args.ZoneIds.Distinct().Count() == ZoneCount && _args.ZoneIds.Length == ZoneCount,
            component, nameof(_args.ZoneIds), string.Join(", ", _args.ZoneIds), "three different zone ids, such as use1-az1, use1-az2, use1-az4");
        ComponentArgument.OneOf(component, nameof(_args.FlowLogRetentionDays), _args.FlowLogRetentionDays, LogRetention.AllowedDays);
        ComponentArgument.Require(_args.NatGateways != NatGatewayLayout.None || !_args.InterfaceEndpoints.IsEmpty,
            component, nameof(_args.NatGateways), _args.NatGateways,
            "One or PerZone, unless InterfaceEndpoints name the services that nodes need (ecr.api, ecr.dkr, sts, eks, eks-auth, ec2, logs)");
    }

    private Aws.Ec2.Vpc CreateVpc()
    {
        var vpc = new Aws.Ec2.Vpc($"{_name}-vpc", new Aws.Ec2.VpcArgs
        {
            CidrBlock = _args.Block.ToString(),
            EnableDnsHostnames = true,
            EnableDnsSupport = true,
            Tags = Named("vpc"),
        }, Child());

        // The VPC comes with a group that lets its members talk to each other; adopting it without rules closes it (Security Hub EC2.2).
        _ = new Aws.Ec2.DefaultSecurityGroup($"{_name}-default-group", new Aws.Ec2.DefaultSecurityGroupArgs
        {
            VpcId = vpc.Id,
            Tags = Named("default-closed"),
        }, Child());
        return vpc;
    }

    private ImmutableArray<Aws.Ec2.Subnet> CreateSubnets(
        Aws.Ec2.Vpc vpc, string kind, ImmutableArray<CidrBlock> blocks, string loadBalancerTag) =>
        [.. blocks.Select((block, zone) =>
        {
            var tags = Named($"{kind}-{_args.ZoneIds[zone]}");
            tags.Add(loadBalancerTag, "1");
            if (kind == "private")
                tags.Add("karpenter.sh/discovery", _args.ClusterName);
            return new Aws.Ec2.Subnet($"{_name}-{kind}-{zone + 1}", new Aws.Ec2.SubnetArgs
            {
                VpcId = vpc.Id,
                CidrBlock = block.ToString(),
                AvailabilityZoneId = _args.ZoneIds[zone],
                MapPublicIpOnLaunch = false,
                Tags = tags,
            }, Child());
        })];

    private Aws.Ec2.RouteTable CreatePublicRoutes(Aws.Ec2.Vpc vpc, ImmutableArray<Aws.Ec2.Subnet> subnets)
    {
        var gateway = new Aws.Ec2.InternetGateway($"{_name}-internet", new Aws.Ec2.InternetGatewayArgs
        {
            VpcId = vpc.Id,
            Tags = Named("internet"),
        }, Child());
        var table = CreateRouteTable(vpc, "public");
        _ = new Aws.Ec2.Route($"{_name}-public-out", new Aws.Ec2.RouteArgs
        {
            RouteTableId = table.Id,
            DestinationCidrBlock = "0.0.0.0/0",
            GatewayId = gateway.Id,
        }, Child());
        for (var zone = 0; zone < subnets.Length; zone++)
            Associate(table, subnets[zone], $"public-{zone + 1}");
        return table;
    }

    private ImmutableArray<Aws.Ec2.RouteTable> CreatePrivateRoutes(
        Aws.Ec2.Vpc vpc, ImmutableArray<Aws.Ec2.Subnet> publicSubnets, ImmutableArray<Aws.Ec2.Subnet> privateSubnets)
    {
        var gatewayCount = _args.NatGateways switch
        {
            NatGatewayLayout.None => 0,
            NatGatewayLayout.One => 1,
            _ => ZoneCount,
        };
        var gateways = Enumerable.Range(0, gatewayCount).Select(zone => CreateNatGateway(publicSubnets[zone], zone)).ToList();

        // One table a zone even with one gateway, so that going to a gateway per zone later moves no subnet.
        return [.. privateSubnets.Select((subnet, zone) =>
        {
            var table = CreateRouteTable(vpc, $"private-{zone + 1}");
            Associate(table, subnet, $"private-{zone + 1}");
            if (gateways.Count > 0)
            {
                _ = new Aws.Ec2.Route($"{_name}-private-{zone + 1}-out", new Aws.Ec2.RouteArgs
                {
                    RouteTableId = table.Id,
                    DestinationCidrBlock = "0.0.0.0/0",
                    NatGatewayId = gateways[zone % gateways.Count].Id,
                }, Child());
            }

            return table;
        })];
    }

    private Aws.Ec2.NatGateway CreateNatGateway(Aws.Ec2.Subnet subnet, int zone)
    {
        var address = new Aws.Ec2.Eip($"{_name}-nat-{zone + 1}-address", new Aws.Ec2.EipArgs
        {
            Domain = "vpc",
            Tags = Named($"nat-{_args.ZoneIds[zone]}"),
        }, Child());
        return new Aws.Ec2.NatGateway($"{_name}-nat-{zone + 1}", new Aws.Ec2.NatGatewayArgs
        {
            AllocationId = address.AllocationId,
            SubnetId = subnet.Id,
            Tags = Named($"nat-{_args.ZoneIds[zone]}"),
        }, Child());
    }

    private Aws.Ec2.RouteTable CreateRouteTable(Aws.Ec2.Vpc vpc, string purpose) =>
        new($"{_name}-{purpose}-routes", new Aws.Ec2.RouteTableArgs { VpcId = vpc.Id, Tags = Named(purpose) }, Child());

    private void Associate(Aws.Ec2.RouteTable table, Aws.Ec2.Subnet subnet, string purpose) =>
        _ = new Aws.Ec2.RouteTableAssociation($"{_name}-{purpose}-routes", new Aws.Ec2.RouteTableAssociationArgs
        {
            RouteTableId = table.Id,
            SubnetId = subnet.Id,
        }, Child());

    // Free, and keeps model downloads and image layers off the NAT gateway's bill.
    private void CreateGatewayEndpoint(Aws.Ec2.Vpc vpc, ImmutableArray<Aws.Ec2.RouteTable> tables) =>
        _ = new Aws.Ec2.VpcEndpoint($"{_name}-s3", new Aws.Ec2.VpcEndpointArgs
        {
            VpcId = vpc.Id,
            ServiceName = $"com.amazonaws.{_args.Region}.s3",
            VpcEndpointType = "Gateway",
            RouteTableIds = tables.Select(table => table.Id).ToList(),
            Tags = Named("s3"),
        }, Child());

    private void CreateInterfaceEndpoints(Aws.Ec2.Vpc vpc, ImmutableArray<Aws.Ec2.Subnet> subnets)
    {
        if (_args.InterfaceEndpoints.IsEmpty)
            return;

        var group = new Aws.Ec2.SecurityGroup($"{_name}-endpoints", new Aws.Ec2.SecurityGroupArgs
        {
            VpcId = vpc.Id,
            Description = "HTTPS from this network to AWS services",
            Tags = Named("endpoints"),
        }, Child());
        _ = new Aws.Vpc.SecurityGroupIngressRule($"{_name}-endpoints-https", new Aws.Vpc.SecurityGroupIngressRuleArgs
        {
            SecurityGroupId = group.Id,
            Description = "HTTPS from this network",
            CidrIpv4 = _args.Block.ToString(),
            IpProtocol = "tcp",
            FromPort = 443,
            ToPort = 443,
        }, Child());
        foreach (var service in _args.InterfaceEndpoints)
        {
            _ = new Aws.Ec2.VpcEndpoint($"{_name}-{service.Replace('.', '-')}", new Aws.Ec2.VpcEndpointArgs
            {
                VpcId = vpc.Id,
                ServiceName = $"com.amazonaws.{_args.Region}.{service}",
                VpcEndpointType = "Interface",
                PrivateDnsEnabled = true,
                SecurityGroupIds = { group.Id },
                SubnetIds = subnets.Select(subnet => subnet.Id).ToList(),
                Tags = Named(service),
            }, Child());
        }
    }

    private InputMap<string> Named(string part) => new() { ["Name"] = $"{_args.ClusterName}-{part}" };

    private CustomResourceOptions Child() => new() { Parent = this };
}
