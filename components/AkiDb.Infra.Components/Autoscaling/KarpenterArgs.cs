using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>Settings of <see cref="Karpenter"/>.</summary>
public sealed class KarpenterArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Name of the cluster, known before it exists: permissions and queue are named by it.</summary>
    public required string ClusterName { get; init; }

    /// <summary>ARN of the cluster.</summary>
    [Input("clusterArn", required: true)]
    public required Input<string> ClusterArn { get; init; }

    /// <summary>Address of the API server.</summary>
    [Input("clusterEndpoint", required: true)]
    public required Input<string> ClusterEndpoint { get; init; }

    /// <summary>Nodes that the controller runs on. Never its own: it could not start again once they are gone.</summary>
    public required ImmutableArray<Resource> ControllerNodes { get; init; }
}
