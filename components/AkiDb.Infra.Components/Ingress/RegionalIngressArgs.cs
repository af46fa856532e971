using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Ingress;

/// <summary>Settings of a <see cref="RegionalIngress"/>.</summary>
public sealed class RegionalIngressArgs : ResourceArgs
{
    /// <summary>First part of every name, e.g. <c>akidb-prod</c>; with the suffixes at most 32 characters.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Id of the VPC.</summary>
    [Input("vpcId", required: true)]
    public required Input<string> VpcId { get; init; }

    /// <summary>Public subnets, one a zone.</summary>
    public required InputList<string> SubnetIds { get; init; }

    /// <summary>Security group of the nodes, and so of their pods.</summary>
    [Input("nodeSecurityGroupId", required: true)]
    public required Input<string> NodeSecurityGroupId { get; init; }

    /// <summary>ARN of the certificate that CloudFront asks for.</summary>
    [Input("certificateArn", required: true)]
    public required Input<string> CertificateArn { get; init; }

    /// <summary>Values of the origin header that are let in; one to five.</summary>
    public required ImmutableArray<Output<string>> OriginKeys { get; init; }

    /// <summary>Name of the header.</summary>
    public required string OriginHeader { get; init; }

    /// <summary>Name of the region's log bucket.</summary>
    [Input("logBucket", required: true)]
    public required Input<string> LogBucket { get; init; }

    /// <summary>Refuse to be deleted. Default: true.</summary>
    public bool DeletionProtection { get; init; } = true;
}
