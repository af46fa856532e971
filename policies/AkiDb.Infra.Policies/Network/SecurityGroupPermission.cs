using AkiDb.Infra.Plan;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Policies.Network;

/// <summary>One permission of a security group, wherever it is declared.</summary>
/// <param name="Resource">The resource that declares it.</param>
/// <param name="Path">Where in it; empty for the resource as a whole.</param>
internal sealed record SecurityGroupPermission(PlannedResource Resource, string Path)
{
    public static readonly string[] Types =
    [
        "aws:ec2/securityGroup:SecurityGroup", "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ];

    private static readonly string[] Sources = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"];

    private string Prefix => Path.Length == 0 ? "" : Path + ".";

    /// <summary>Permissions of one direction that <paramref name="resource"/> declares.</summary>
    public static IEnumerable<SecurityGroupPermission> Of(PlannedResource resource, bool inbound)
    {
        var direction = inbound ? "ingress" : "egress";
        return resource.Type switch
        {
            "aws:ec2/securityGroup:SecurityGroup" => resource.Items(direction).Select(path => new SecurityGroupPermission(resource, path)),
            "aws:ec2/securityGroupRule:SecurityGroupRule" when resource.TextOr("type") == direction => [new(resource, "")],
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" when inbound => [new(resource, "")],
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule" when !inbound => [new(resource, "")],
            _ => [],
        };
    }

    /// <summary>Whether anyone on the internet is meant.</summary>
    public Truth IsForEveryone()
    {
        Test wide = Is.Text(Networks.IsWide);
        Test anyWide = value => value is ListValue list ? list.Items.Select(item => wide(item)).Any() : wide(value);
        return Sources.Select(key => anyWide(Resource.Input(Prefix + key))).Any();
    }

    /// <summary>Whether <paramref name="port"/> is among the ports; every protocol means every port.</summary>
    public Truth Covers(int port)
    {
        var everything = IsEverything();
        if (everything == Truth.Yes)
            return Truth.Yes;
        var range = Is.AtMost(port)(Resource.Input(Prefix + "fromPort")).And(Is.AtLeast(port)(Resource.Input(Prefix + "toPort")));
        return everything.Or(range);
    }

    /// <summary>Whether every protocol and port is meant.</summary>
    public Truth IsEverything() => Is.AnyOf("-1", "all")(Resource.Input(Prefix + "protocol"))
        .Or(Is.AnyOf("-1", "all")(Resource.Input(Prefix + "ipProtocol")))
        .Or(Is.AtMost(0)(Resource.Input(Prefix + "fromPort")).And(Is.AtLeast(65535)(Resource.Input(Prefix + "toPort"))));
}
