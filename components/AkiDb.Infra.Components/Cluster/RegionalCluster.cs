using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Aws = Pulumi.Aws;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>
/// One EKS control plane: secrets encrypted by a key of its own, access by access entries only, a private endpoint and at
/// most an allow-listed public one, every control-plane log kept for a set time. Nodes, add-ons and people are components
/// of their own.
/// </summary>
public sealed class RegionalCluster : ComponentResource
{
    private static readonly ImmutableArray<string> LogTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

    private readonly string _name;
    private readonly RegionalClusterArgs _args;

    /// <summary>Declares the cluster.</summary>
    /// <exception cref="ArgumentException">A retention that CloudWatch Logs does not know, or a public endpoint for everyone.</exception>
    public RegionalCluster(string name, RegionalClusterArgs args, ComponentResourceOptions? options = null)
        : base("akidb:cluster:RegionalCluster", name, args, options)
    {
        (_name, _args) = (name, args);
        CheckArguments();

        var secretsKey = new EncryptionKey($"{name}-secrets", new EncryptionKeyArgs
        {
            AccountId = args.AccountId,
            Alias = $"{args.ClusterName}/secrets",
            Purpose = $"Kubernetes secrets of {args.ClusterName}",
        }, new ComponentResourceOptions { Parent = this });
        var logs = CreateLogGroup();
        var role = CreateRole();
        var cluster = CreateCluster(role, secretsKey, logs);

        Name = cluster.Name;
        Arn = cluster.Arn;
        Endpoint = cluster.Endpoint;
        CertificateAuthority = cluster.CertificateAuthority.Apply(authority => authority.Data ?? "");
        SecurityGroupId = cluster.VpcConfig.Apply(network => network.ClusterSecurityGroupId ?? "");
        Kubernetes = CreateKubernetesProvider();
        RegisterOutputs(new Dictionary<string, object?>
        {
            ["name"] = Name,
            ["arn"] = Arn,
            ["endpoint"] = Endpoint,
        });
    }

    /// <summary>Name in AWS; waits for the cluster.</summary>
    public Output<string> Name { get; }

    /// <summary>ARN of the cluster.</summary>
    public Output<string> Arn { get; }

    /// <summary>Address of the API server.</summary>
    public Output<string> Endpoint { get; }

    /// <summary>The API server's certificate authority: PEM in base64.</summary>
    public Output<string> CertificateAuthority { get; }

    /// <summary>The security group that EKS gives control plane and nodes.</summary>
    public Output<string> SecurityGroupId { get; }

    /// <summary>Declares things inside the cluster.</summary>
    public K8s.Provider Kubernetes { get; }

    // Credentials come from the AWS command when they are needed; the text itself holds none.
    private K8s.Provider CreateKubernetesProvider() => new($"{_name}-kubernetes", new K8s.ProviderArgs
    {
        KubeConfig = Output.Tuple(Endpoint, CertificateAuthority)
            .Apply(known => Kubeconfig.Json(_args.ClusterName, _args.Region, known.Item1, known.Item2)),
        EnableServerSideApply = true,
    }, new CustomResourceOptions { Parent = this });

    private void CheckArguments()
    {
        var component = $"RegionalCluster '{_name}'";
        ComponentArgument.OneOf(component, nameof(_args.LogRetentionDays), _args.LogRetentionDays, LogRetention.AllowedDays);
        foreach (var block in _args.PublicAccessBlocks)
        {
            ComponentArgument.Require(block.PrefixLength >= 8, component, nameof(_args.PublicAccessBlocks), block,
                "networks of /8 or smaller; 0.0.0.0/0 would let everyone knock");
        }
    }

    // Made before the cluster, or EKS makes it itself: without retention and without our key.
    private Aws.CloudWatch.LogGroup CreateLogGroup() => new($"{_name}-logs", new Aws.CloudWatch.LogGroupArgs
    {
        Name = $"/aws/eks/{_args.ClusterName}/cluster",
        RetentionInDays = _args.LogRetentionDays,
        KmsKeyId = _args.LogKeyArn,
    }, new CustomResourceOptions { Parent = this });

    private Aws.Iam.Role CreateRole()
    {
        var role = new Aws.Iam.Role($"{_name}-role", new Aws.Iam.RoleArgs
        {
            AssumeRolePolicy = TrustPolicy.ForService("eks.amazonaws.com",
                new PolicyCondition("StringEquals", "aws:SourceAccount", _args.AccountId)),
        }, new CustomResourceOptions { Parent = this });
        _ = new Aws.Iam.RolePolicyAttachment($"{_name}-role-policy", new Aws.Iam.RolePolicyAttachmentArgs
        {
            Role = role.Name,
            PolicyArn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
        }, new CustomResourceOptions { Parent = this });
        return role;
    }

    private Aws.Eks.Cluster CreateCluster(Aws.Iam.Role role, EncryptionKey secretsKey, Aws.CloudWatch.LogGroup logs) =>
        new(_name, new Aws.Eks.ClusterArgs
        {
            Name = _args.ClusterName,
            Version = _args.Version,
            RoleArn = role.Arn,
            AccessConfig = new Aws.Eks.Inputs.ClusterAccessConfigArgs
            {
                AuthenticationMode = "API",
                // Whoever runs `pulumi up` gets in by an access entry that the plan shows, or not at all.
                BootstrapClusterCreatorAdminPermissions = false,
            },
            // The add-ons are managed ones, in ClusterAddons; the self-managed copies would have to be removed first.
            BootstrapSelfManagedAddons = false,
            DeletionProtection = _args.DeletionProtection,
            EnabledClusterLogTypes = LogTypes.ToList(),
            EncryptionConfig = new Aws.Eks.Inputs.ClusterEncryptionConfigArgs
            {
                Provider = new Aws.Eks.Inputs.ClusterEncryptionConfigProviderArgs { KeyArn = secretsKey.Arn },
                Resources = { "secrets" },
            },
            UpgradePolicy = new Aws.Eks.Inputs.ClusterUpgradePolicyArgs
            {
                SupportType = _args.Support == ClusterSupport.Standard ? "STANDARD" : "EXTENDED",
            },
            VpcConfig = new Aws.Eks.Inputs.ClusterVpcConfigArgs
            {
                SubnetIds = _args.SubnetIds,
                EndpointPrivateAccess = true,
                EndpointPublicAccess = !_args.PublicAccessBlocks.IsEmpty,
                PublicAccessCidrs = _args.PublicAccessBlocks.Select(block => block.ToString()).ToList(),
            },
            ZonalShiftConfig = new Aws.Eks.Inputs.ClusterZonalShiftConfigArgs { Enabled = true },
        }, new CustomResourceOptions { Parent = this, DependsOn = { logs } });
}
