using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Plan;

namespace AkiDb.Infra.Costs.Charges;

/// <summary>Network parts that cost by the hour and by the gigabyte.</summary>
internal static class NetworkCharges
{
    private const string NatGatewayType = "aws:ec2/natGateway:NatGateway";

    public static void Register(ChargeCatalogue catalogue)
    {
        catalogue.Add(NatGatewayType, NatGateway);
        catalogue.Add("aws:ec2/eip:Eip", (_, _) => [Charge.Hourly("Public IPv4 address", "vpc.ipv4.hour")]);
        catalogue.Add("aws:ec2/vpcEndpoint:VpcEndpoint", Endpoint);
        catalogue.Add("aws:ec2/flowLog:FlowLog", (_, context) =>
            [Charge.ByUsage("Flow logs sent", "cloudwatch.logs.vended", context.Usage.Number("logs.flowGbPerRegion"), "logs.flowGbPerRegion")]);
        catalogue.Add("aws:lb/loadBalancer:LoadBalancer", (balancer, context) => balancer.Text("loadBalancerType") == "network"
            ? Balancer(context, "Network", "nlb", "nlcu")
            : Balancer(context, "Application", "alb", "lcu").Concat(Addresses(balancer)));
        catalogue.Add("aws:ec2/vpnConnection:VpnConnection", (_, _) => [Charge.Hourly("Site-to-site VPN connection", "vpc.vpn.hour")]);
        catalogue.Add("aws:ec2/instance:Instance", (instance, _) =>
            [Charge.Hourly($"{instance.Text("instanceType")}, on demand", $"ec2.onDemand.{instance.Text("instanceType")}")]);
        catalogue.Add("aws:ebs/volume:Volume", (volume, _) =>
            [new Charge($"Storage, {volume.Text("type") ?? "gp2"}", $"ebs.{volume.Text("type") ?? "gp2"}.gb", volume.Number("size")) { UsageKey = "size" }]);
    }

    /// <summary>A load balancer's hours and capacity units.</summary>
    public static IEnumerable<Charge> Balancer(ChargeContext context, string kind, string price, string unit) =>
    [
        Charge.Hourly($"{kind} load balancer", $"elb.{price}.hour"),
        Charge.ByUsage("Capacity units", $"elb.{price}.{unit}", context.Usage.Number("loadBalancers.capacityUnits") * BillingMonth.Hours, "loadBalancers.capacityUnits"),
    ];

    // One that faces the internet has a public address in each of its zones, at least.
    private static IEnumerable<Charge> Addresses(PlannedResource balancer) =>
        balancer.Flag("internal") || balancer.Items("subnets") is not { Length: > 0 } subnets ? [] : [Charge.Hourly("Public IPv4 addresses", "vpc.ipv4.hour", subnets.Length)];

    private static IEnumerable<Charge> NatGateway(PlannedResource gateway, ChargeContext context) =>
    [
        Charge.Hourly("Gateway", "vpc.nat.hour"),
        // A region's bytes are shared by its gateways: more gateways cost more hours, not more bytes.
        Charge.ByUsage("Data processed", "vpc.nat.gb", context.Usage.Number("nat.gbPerRegion") / context.CountBeside(gateway, NatGatewayType), "nat.gbPerRegion"),
    ];

    private static IEnumerable<Charge> Endpoint(PlannedResource endpoint, ChargeContext context)
    {
        // The provider's default, and S3's and DynamoDB's free kind.
        if (endpoint.Text("vpcEndpointType") is null or "Gateway")
            yield break;
        var zones = endpoint.Items("subnetIds").Length;
        yield return Charge.Hourly($"Interface endpoint in {zones} zones", "vpc.endpoint.hour", zones);
        yield return Charge.ByUsage("Data processed", "vpc.endpoint.gb", context.Usage.Number("endpoints.gb"), "endpoints.gb");
    }
}
