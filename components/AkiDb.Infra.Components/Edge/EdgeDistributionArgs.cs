using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Edge;

/// <summary>Settings of an <see cref="EdgeDistribution"/>. Its provider must be us-east-1's.</summary>
public sealed class EdgeDistributionArgs : ResourceArgs
{
    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>The names.</summary>
    public required EdgeNames Names { get; init; }

    /// <summary>From which edge locations it serves.</summary>
    public required PriceClass PriceClass { get; init; }

    /// <summary>ARN of the certificate for <see cref="EdgeNames.Api"/>, issued in us-east-1.</summary>
    [Input("certificateArn", required: true)]
    public required Input<string> CertificateArn { get; init; }

    /// <summary>ARN of the web ACL.</summary>
    [Input("firewallArn", required: true)]
    public required Input<string> FirewallArn { get; init; }

    /// <summary>ARN of the CloudFront function on every request.</summary>
    [Input("viewerFunctionArn", required: true)]
    public required Input<string> ViewerFunctionArn { get; init; }

    /// <summary>The Lambda@Edge function of the embedding path.</summary>
    public required EdgeFunction EdgeFunction { get; init; }

    /// <summary>Value of <see cref="OriginKey.Header"/>.</summary>
    [Input("originKey", required: true)]
    public required Input<string> OriginKey { get; init; }

    /// <summary>There is a second region: <see cref="EdgeNames.Standby"/> answers.</summary>
    public required bool HasStandby { get; init; }

    /// <summary>Warm tiers. Default: none.</summary>
    public ImmutableArray<WarmEmbeddings> Warm { get; init; } = [];

    /// <summary>ARN of the bucket for the access log, whose policy lets CloudWatch Logs deliver.</summary>
    [Input("logBucketArn", required: true)]
    public required Input<string> LogBucketArn { get; init; }

    /// <summary>What must stand first: load balancers that know <see cref="OriginKey"/>.</summary>
    public ImmutableArray<Resource> After { get; init; } = [];
}
