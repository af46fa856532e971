using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components;
using AkiDb.Infra.Components.Network;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>What the networks of an environment have in common.</summary>
public sealed partial record NetworkSettings
{
    // What nodes, add-ons and pods ask before any workload runs; S3 has its gateway endpoint.
    private static readonly ImmutableArray<string> NeededWithoutGateway = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "logs", "sts"];

    /// <summary>Default: one.</summary>
    public required NatGatewayLayout NatGateways { get; init; }

    /// <summary>AWS services reached by an interface endpoint. Default: none.</summary>
    public required ImmutableArray<string> InterfaceEndpoints { get; init; }

    /// <summary>Days. Default: 30.</summary>
    public required int FlowLogRetentionDays { get; init; }

    internal static NetworkSettings Read(SettingsReader reader)
    {
        var settings = new NetworkSettings
        {
            NatGateways = reader.Choice("natGateways", NatGatewayLayout.One),
            InterfaceEndpoints = reader.Texts("interfaceEndpoints", ServiceName().IsMatch, "AWS service names as in com.amazonaws.REGION.NAME", "ecr.api"),
            FlowLogRetentionDays = reader.WholeOf("flowLogRetentionDays", LogRetention.AllowedDays, 30),
        };
        var missing = NeededWithoutGateway.Except(settings.InterfaceEndpoints).ToList();
        if (settings.NatGateways == NatGatewayLayout.None && missing.Count > 0)
        {
            reader.Problem("interfaceEndpoints", $"[{string.Join(", ", settings.InterfaceEndpoints)}]",
                $"the services that nodes need, since there is no NAT gateway; {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing",
                $"[{string.Join(", ", NeededWithoutGateway)}]");
        }

        reader.RefuseUnknownKeys();
        return settings;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,62}$")]
    private static partial Regex ServiceName();
}
