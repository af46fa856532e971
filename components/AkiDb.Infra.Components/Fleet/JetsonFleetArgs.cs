using System.Collections.Immutable;
using AkiDb.Infra.Components.Network;
using Pulumi;

namespace AkiDb.Infra.Components.Fleet;

/// <summary>The site's end of a VPN, and the network it leads into.</summary>
/// <param name="GatewayAddress">Public IPv4 address of the site's VPN device.</param>
/// <param name="SiteBlock">Addresses of the boards.</param>
/// <param name="VpcId">Id of the home region's VPC.</param>
/// <param name="RouteTableIds">Its route tables that learn the way to the site.</param>
public sealed record SiteConnection(string GatewayAddress, CidrBlock SiteBlock, Input<string> VpcId, ImmutableArray<Output<string>> RouteTableIds);

/// <summary>Settings of a <see cref="JetsonFleet"/>.</summary>
public sealed class JetsonFleetArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>AWS region that manages the boards: the home region.</summary>
    public required string Region { get; init; }

    /// <summary>Where the boards are; label <c>region</c> of their metrics.</summary>
    public required string Site { get; init; }

    /// <summary>Host names of the boards, e.g. <c>jetson01</c>.</summary>
    public required ImmutableArray<string> Boards { get; init; }

    /// <summary>How many boards get a release first. Default: 1.</summary>
    public int CanaryBoards { get; init; } = 1;

    /// <summary>What the boards run; null leaves the roll-out out.</summary>
    public JetsonRelease? Release { get; init; }

    /// <summary>Bucket that releases and models come from.</summary>
    [Input("modelBucket", required: true)]
    public required Input<string> ModelBucket { get; init; }

    /// <summary>ARN of the bucket's key.</summary>
    [Input("modelKeyArn", required: true)]
    public required Input<string> ModelKeyArn { get; init; }

    /// <summary>Topic of the same region that is told of lost boards.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }

    /// <summary>Until when boards may be enrolled, at most 30 days ahead (Systems Manager's limit); null: nobody can. Default: null.</summary>
    public DateTimeOffset? EnrolUntil { get; init; }

    /// <summary>Receiver of Prometheus remote write, https; null: the boards keep their metrics. Default: null.</summary>
    public Uri? MetricsUrl { get; init; }

    /// <summary>The way between router and boards. Default: none.</summary>
    public BoardNetwork Network { get; init; } = BoardNetwork.None;

    /// <summary>Ends of the VPN; needed for <see cref="BoardNetwork.SiteToSiteVpn"/> and refused otherwise.</summary>
    public SiteConnection? Connection { get; init; }

    /// <summary>Value of the tag <c>Fleet</c>.</summary>
    internal string FleetName => $"{NamePrefix}-jetson";
}
