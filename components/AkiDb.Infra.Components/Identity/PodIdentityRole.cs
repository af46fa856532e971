using System.Collections.Immutable;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Identity;

/// <summary>Settings of a <see cref="PodIdentityRole"/>.</summary>
public sealed class PodIdentityRoleArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>ARN of the cluster whose pods may take the role.</summary>
    [Input("clusterArn", required: true)]
    public required Input<string> ClusterArn { get; init; }

    /// <summary>AWS-managed policies by ARN. Default: none.</summary>
    public ImmutableArray<string> ManagedPolicyArns { get; init; } = [];

    /// <summary>Own policies by name (letters, digits, hyphens), each at most 6,144 characters. Default: none.</summary>
    public ImmutableDictionary<string, ImmutableArray<PolicyStatement>> Policies { get; init; } =
        ImmutableDictionary<string, ImmutableArray<PolicyStatement>>.Empty;
}

/// <summary>A role that pods of one cluster take by EKS Pod Identity: no keys in the cluster, no OIDC provider to keep.</summary>
public sealed class PodIdentityRole : ComponentResource
{
    /// <summary>Declares the role and what it may do.</summary>
    public PodIdentityRole(string name, PodIdentityRoleArgs args, ComponentResourceOptions? options = null)
        : base("akidb:identity:PodIdentityRole", name, args, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        var role = new Aws.Iam.Role(name, new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = TrustPolicy.ForPods(args.AccountId, args.ClusterArn),
        }, child);
        foreach (var arn in args.ManagedPolicyArns)
        {
            _ = new Aws.Iam.RolePolicyAttachment($"{name}-{arn[(arn.LastIndexOf('/') + 1)..]}", new Aws.Iam.RolePolicyAttachmentArgs
            {
                Role = role.Name,
                PolicyArn = arn,
            }, child);
        }

        foreach (var (policyName, statements) in args.Policies.OrderBy(policy => policy.Key, StringComparer.Ordinal))
        {
            var policy = new Aws.Iam.Policy($"{name}-{policyName}", new Aws.Iam.PolicyArgs
            {
                PolicyDocument = PolicyDocument.Json([.. statements]),
            }, child);
            _ = new Aws.Iam.RolePolicyAttachment($"{name}-{policyName}", new Aws.Iam.RolePolicyAttachmentArgs
            {
                Role = role.Name,
                PolicyArn = policy.Arn,
            }, child);
        }

        (Name, Arn) = (role.Name, role.Arn);
        RegisterOutputs(new Dictionary<string, object?> { ["arn"] = Arn });
    }

    /// <summary>Name of the role, for who lets its pods do more.</summary>
    public Output<string> Name { get; }

    /// <summary>ARN of the role.</summary>
    public Output<string> Arn { get; }

    /// <summary>Lets the pods of a service account take the role.</summary>
    /// <param name="name">Name of the association.</param>
    /// <param name="clusterName">The role's cluster.</param>
    /// <param name="space">Namespace of the service account.</param>
    /// <param name="serviceAccount">Its name.</param>
    /// <param name="options">Options of the association, its parent above all.</param>
    public Aws.Eks.PodIdentityAssociation LetTake(
        string name, Input<string> clusterName, string space, string serviceAccount, CustomResourceOptions options) =>
        new(name, new Aws.Eks.PodIdentityAssociationArgs
        {
            ClusterName = clusterName,
            Namespace = space,
            ServiceAccount = serviceAccount,
            RoleArn = Arn,
        }, options);
}
