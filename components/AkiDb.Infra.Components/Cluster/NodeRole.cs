using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>The role that nodes of a cluster take: join, give pods addresses, pull images, be reached by Session Manager.</summary>
internal static class NodeRole
{
    // Karpenter 1.14's CloudFormation template; pull only, since nodes never push.
    private static readonly ImmutableArray<string> Policies =
        ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"];

    public static Aws.Iam.Role Create(string name, Resource parent)
    {
        var role = new Aws.Iam.Role($"{name}-role", new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = TrustPolicy.ForService("ec2.amazonaws.com"),
        }, new CustomResourceOptions { Parent = parent });
        foreach (var policy in Policies)
        {
            _ = new Aws.Iam.RolePolicyAttachment($"{name}-{policy}", new Aws.Iam.RolePolicyAttachmentArgs
            {
                Role = role.Name,
                PolicyArn = $"arn:aws:iam::aws:policy/{policy}",
            }, new CustomResourceOptions { Parent = parent });
        }

        return role;
    }
}
