using System.Collections.Immutable;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>What a principal may do in a cluster: EKS' own access policies
/// (EKS user guide, "Review access policy permissions", read 2026-11).</summary>
public enum ClusterRole
{
    /// <summary>Reads everything but secrets.</summary>
    Viewer,

    /// <summary>Everything: people on call, and the role that deploys.</summary>
    Administrator,
}

/// <summary>Settings of a <see cref="ClusterAccess"/>.</summary>
public sealed class ClusterAccessArgs : ResourceArgs
{
    /// <summary>The cluster's name, once it exists.</summary>
    [Input("clusterName", required: true)]
    public required Input<string> ClusterName { get; init; }

    /// <summary>Who gets in, by the ARN of an IAM role, and as what.</summary>
    public required ImmutableSortedDictionary<string, ClusterRole> Principals { get; init; }
}

/// <summary>Who gets into a cluster: one access entry and one policy a principal. The aws-auth ConfigMap is not used.</summary>
public sealed class ClusterAccess : ComponentResource
{
    /// <summary>Declares the entries.</summary>
    /// <exception cref="ArgumentException">A principal that is not the ARN of an IAM role, or no administrator.</exception>
    public ClusterAccess(string name, ClusterAccessArgs args, ComponentResourceOptions? options = null)
        : base("akidb:cluster:ClusterAccess", name, args, options)
    {
        var component = $"ClusterAccess '{name}'";
        ComponentArgument.Require(args.Principals.ContainsValue(ClusterRole.Administrator), component, nameof(args.Principals),
            string.Join(", ", args.Principals.Keys), "at least one administrator, or nobody could ever deploy into the cluster");

        foreach (var (arn, role) in args.Principals)
        {
            ComponentArgument.Require(arn.StartsWith("arn:aws:iam::", StringComparison.Ordinal) && arn.Contains(":role/", StringComparison.Ordinal),
                component, nameof(args.Principals), arn, "ARNs of IAM roles, such as arn:aws:iam::111122223333:role/akidb-deploy");
            Admit($"{name}-{arn[(arn.LastIndexOf('/') + 1)..]}", args.ClusterName, arn, role);
        }

        RegisterOutputs();
    }

    private void Admit(string name, Input<string> clusterName, string arn, ClusterRole role)
    {
        var entry = new Aws.Eks.AccessEntry(name, new Aws.Eks.AccessEntryArgs
        {
            ClusterName = clusterName,
            PrincipalArn = arn,
            Type = "STANDARD",
        }, new CustomResourceOptions { Parent = this });
        _ = new Aws.Eks.AccessPolicyAssociation(name, new Aws.Eks.AccessPolicyAssociationArgs
        {
            ClusterName = clusterName,
            PrincipalArn = entry.PrincipalArn,
            PolicyArn = role == ClusterRole.Administrator
                ? "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
                : "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
            AccessScope = new Aws.Eks.Inputs.AccessPolicyAssociationAccessScopeArgs { Type = "cluster" },
        }, new CustomResourceOptions { Parent = this });
    }
}
