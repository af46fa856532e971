using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>
/// EKS' managed add-ons: the three that nodes need to become ready at once, the rest after the first nodes. Each that calls
/// AWS has a role of its own by Pod Identity.
/// </summary>
public sealed class ClusterAddons : ComponentResource
{
    // One /28 block kept warm: 16 addresses a step instead of one, and fewer EC2 calls (EKS best practices, "Prefix mode").
    private const string NetworkConfiguration =
        """{"enableNetworkPolicy":"true","env":{"ENABLE_PREFIX_DELEGATION":"true","WARM_PREFIX_TARGET":"1"}}""";

    private readonly string _name;
    private readonly ClusterAddonsArgs _args;

    /// <summary>Declares the add-ons.</summary>
    /// <exception cref="ArgumentException">A version for an add-on that is not one of <see cref="AddonNames"/>.</exception>
    public ClusterAddons(string name, ClusterAddonsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:cluster:ClusterAddons", name, args, options)
    {
        (_name, _args) = (name, args);
        foreach (var addon in args.Versions.Keys)
            ComponentArgument.OneOf($"ClusterAddons '{name}'", nameof(args.Versions), addon, AddonNames);

        var identityAgent = CreateAddon("eks-pod-identity-agent", []);
        CreateAddon("vpc-cni", [], NetworkConfiguration, CreateRole("vpc-cni", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"), "aws-node");
        CreateAddon("kube-proxy", []);

        ImmutableArray<Resource> ready = [identityAgent, .. args.Nodes];
        CreateAddon("coredns", ready);
        CreateAddon("metrics-server", ready);
        CreateAddon("eks-node-monitoring-agent", ready);
        CreateAddon("aws-ebs-csi-driver", ready, null,
            CreateRole("ebs-csi", "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"), "ebs-csi-controller-sa");
        RegisterOutputs();
    }

    /// <summary>The add-ons that are installed, by EKS' names.</summary>
    public static ImmutableArray<string> AddonNames { get; } =
    [
        "aws-ebs-csi-driver", "coredns", "eks-node-monitoring-agent", "eks-pod-identity-agent", "kube-proxy", "metrics-server", "vpc-cni",
    ];

    private PodIdentityRole CreateRole(string purpose, string managedPolicyArn) =>
        new($"{_name}-{purpose}", new PodIdentityRoleArgs
        {
            AccountId = _args.AccountId,
            ClusterArn = _args.ClusterArn,
            ManagedPolicyArns = [managedPolicyArn],
        }, new ComponentResourceOptions { Parent = this });

    private Aws.Eks.Addon CreateAddon(
        string addon, ImmutableArray<Resource> after, string? configuration = null, PodIdentityRole? role = null, string? serviceAccount = null)
    {
        var args = new Aws.Eks.AddonArgs
        {
            ClusterName = _args.ClusterName,
            AddonName = addon,
            ResolveConflictsOnCreate = "OVERWRITE",
            // Keeps what an operator changed by hand in an emergency; the next replacement settles it.
            ResolveConflictsOnUpdate = "PRESERVE",
        };
        if (_args.Versions.TryGetValue(addon, out var version))
            args.AddonVersion = version;
        if (configuration is not null)
            args.ConfigurationValues = configuration;
        if (role is not null && serviceAccount is not null)
        {
            args.PodIdentityAssociations.Add(new Aws.Eks.Inputs.AddonPodIdentityAssociationArgs
            {
                RoleArn = role.Arn,
                ServiceAccount = serviceAccount,
            });
        }

        return new Aws.Eks.Addon($"{_name}-{addon}", args, new CustomResourceOptions { Parent = this, DependsOn = after.ToList() });
    }
}
