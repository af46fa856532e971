using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Aws = Pulumi.Aws;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>
/// The Karpenter controller: it starts the cheapest node that the waiting pods fit on and ends what is not needed. Chart and
/// CRD chart 1.14.1, Pod Identity, six scoped policies, the role of its nodes and their way into the cluster.
/// </summary>
public sealed class Karpenter : ComponentResource
{
    /// <summary>Version of both charts; 1.13 is the least for Kubernetes 1.36 (Karpenter compatibility table, 2026-08).</summary>
    public const string Version = "1.14.1";

    private const string KubeSystem = "kube-system";
    private const string ServiceAccount = "karpenter";

    private readonly string _name;
    private readonly KarpenterArgs _args;

    /// <summary>Declares the controller and what it needs.</summary>
    /// <exception cref="ArgumentException">No nodes to run it on.</exception>
    public Karpenter(string name, KarpenterArgs args, ComponentResourceOptions? options = null)
        : base("akidb:autoscaling:Karpenter", name, args, options)
    {
        (_name, _args) = (name, args);
        ComponentArgument.Require(!args.ControllerNodes.IsEmpty, $"Karpenter '{name}'", nameof(args.ControllerNodes), "",
            "at least one node group that Karpenter does not manage");

        var interruptions = new SpotInterruptions($"{name}-interruptions", new SpotInterruptionsArgs { ClusterName = args.ClusterName },
            new ComponentResourceOptions { Parent = this });
        var nodeRole = CreateNodeRole();
        var identity = CreateIdentity(nodeRole, interruptions);
        var crds = CreateRelease("karpenter-crd", [], []);
        Controller = CreateRelease("karpenter", Values(interruptions), [crds, identity, .. args.ControllerNodes]);

        NodeRoleName = nodeRole.Name;
        RegisterOutputs(new Dictionary<string, object?> { ["nodeRoleName"] = NodeRoleName });
    }

    /// <summary>Role of the nodes that Karpenter starts, by name: EC2NodeClass wants it so.</summary>
    public Output<string> NodeRoleName { get; }

    /// <summary>What pools and classes must wait for.</summary>
    public Resource Controller { get; }

    private Aws.Iam.Role CreateNodeRole()
    {
        var role = NodeRole.Create($"{_name}-node", this);
        // Without this entry nodes start and never join: the commonest report of all.
        _ = new Aws.Eks.AccessEntry($"{_name}-nodes", new Aws.Eks.AccessEntryArgs
        {
            ClusterName = _args.ClusterName,
            PrincipalArn = role.Arn,
            Type = "EC2_LINUX",
        }, new CustomResourceOptions { Parent = this, DependsOn = _args.ControllerNodes.ToList() });
        return role;
    }

    private Aws.Eks.PodIdentityAssociation CreateIdentity(Aws.Iam.Role nodeRole, SpotInterruptions interruptions)
    {
        var permissions = new KarpenterPermissions(_args.Region, _args.AccountId, _args.ClusterName);
        var role = new PodIdentityRole($"{_name}-controller", new PodIdentityRoleArgs
        {
            AccountId = _args.AccountId,
            ClusterArn = _args.ClusterArn,
            Policies = permissions.Policies(nodeRole.Arn, _args.ClusterArn, interruptions.QueueArn),
        }, new ComponentResourceOptions { Parent = this });
        return role.LetTake($"{_name}-controller", _args.ClusterName, KubeSystem, ServiceAccount, new CustomResourceOptions { Parent = this, DependsOn = _args.ControllerNodes.ToList() });
    }

    private Dictionary<string, object> Values(SpotInterruptions interruptions) => new()
    {
        ["replicas"] = 2,
        ["serviceAccount"] = new Dictionary<string, object> { ["name"] = ServiceAccount },
        ["nodeSelector"] = new Dictionary<string, object> { [OnDemandBaseline.PoolLabel] = OnDemandBaseline.PoolName },
        ["controller"] = new Dictionary<string, object>
        {
            ["resources"] = new Dictionary<string, object>
            {
                ["requests"] = new Dictionary<string, object> { ["cpu"] = "500m", ["memory"] = "1Gi" },
                ["limits"] = new Dictionary<string, object> { ["memory"] = "1Gi" },
            },
        },
        ["settings"] = new Dictionary<string, object>
        {
            ["clusterName"] = _args.ClusterName,
            ["clusterEndpoint"] = _args.ClusterEndpoint,
            ["interruptionQueue"] = interruptions.QueueName,
            // Lets a spot node be replaced by a cheaper spot node; needs 15 types to choose from, which NodePools has.
            ["featureGates"] = new Dictionary<string, object> { ["spotToSpotConsolidation"] = true },
        },
    };

    private K8s.Helm.V3.Release CreateRelease(string chart, Dictionary<string, object> values, List<Resource> after)
    {
        var release = new ReleaseArgs
        {
            Name = chart,
            Namespace = KubeSystem,
            Chart = $"oci://public.ecr.aws/karpenter/{chart}",
            Version = Version,
            // The CRDs are a chart of their own: Helm never updates CRDs that come with another chart.
            SkipCrds = chart == "karpenter",
            Atomic = true,
        };
        foreach (var (key, value) in values)
            release.Values.Add(key, value);
        return new K8s.Helm.V3.Release($"{_name}-{chart}", release, new CustomResourceOptions { Parent = this, DependsOn = after });
    }
}
