using System.Collections.Immutable;

namespace AkiDb.Infra.Components.Network;

/// <summary>
/// How a network's addresses are shared out: a quarter to each zone's private subnet, a sixteenth to each zone's public one,
/// the last sixteenth kept for what comes later. Private subnets are large because prefix delegation hands pods whole
/// /28 blocks (EKS best practices, "Prefix mode", read 2026-11).
/// </summary>
/// <param name="Private">Three networks of pods and nodes.</param>
/// <param name="Public">Three networks of load balancers and NAT gateways.</param>
/// <param name="Spare">What is left.</param>
internal sealed record SubnetPlan(ImmutableArray<CidrBlock> Private, ImmutableArray<CidrBlock> Public, CidrBlock Spare)
{
    public static SubnetPlan For(CidrBlock block)
    {
        var quarters = block.Split(block.PrefixLength + 2).ToList();
        var sixteenths = quarters[3].Split(block.PrefixLength + 4).ToList();
        return new SubnetPlan([.. quarters[..3]], [.. sixteenths[..3]], sixteenths[3]);
    }
}
