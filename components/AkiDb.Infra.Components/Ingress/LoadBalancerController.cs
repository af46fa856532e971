using System.Collections.Immutable;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Identity;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Aws = Pulumi.Aws;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Ingress;

/// <summary>Settings of a <see cref="LoadBalancerController"/>.</summary>
public sealed class LoadBalancerControllerArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster's name.</summary>
    [Input("clusterName", required: true)]
    public required Input<string> ClusterName { get; init; }

    /// <summary>ARN of the cluster.</summary>
    [Input("clusterArn", required: true)]
    public required Input<string> ClusterArn { get; init; }

    /// <summary>Id of the VPC; without it the controller asks the instance metadata, which pods may not.</summary>
    [Input("vpcId", required: true)]
    public required Input<string> VpcId { get; init; }

    /// <summary>ARNs of the target groups that it fills.</summary>
    public required InputList<string> TargetGroupArns { get; init; }

    /// <summary>What must be ready first.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}

/// <summary>
/// The AWS Load Balancer Controller, reduced to one task: it puts the routers' pods into target groups that this program declares.
/// It makes no load balancer, so its role may register and deregister targets of these groups, read, and nothing else.
/// </summary>
public sealed class LoadBalancerController : ComponentResource
{
    // Newest release whose image was seen in the wild in 2026-10 (kubernetes-sigs/aws-load-balancer-controller); chart and
    // controller have had one number since 3.0.
    private const string Version = "3.5.0";
    private const string Name = "aws-load-balancer-controller";
    private const string KubeSystem = "kube-system";

    /// <summary>Declares the controller.</summary>
    public LoadBalancerController(string name, LoadBalancerControllerArgs args, ComponentResourceOptions? options = null)
        : base("akidb:ingress:LoadBalancerController", name, args, options)
    {
        var role = new PodIdentityRole($"{name}-role", new PodIdentityRoleArgs
        {
            AccountId = args.AccountId,
            ClusterArn = args.ClusterArn,
            Policies = ImmutableDictionary<string, ImmutableArray<PolicyStatement>>.Empty.Add("targets", Permissions(args)),
        }, new ComponentResourceOptions { Parent = this });
        var identity = role.LetTake($"{name}-identity", args.ClusterName, KubeSystem, Name, new CustomResourceOptions { Parent = this });
        Ready = CreateRelease(name, args, identity);
        RegisterOutputs();
    }

    /// <summary>What bindings wait for.</summary>
    public Resource Ready { get; }

    private static ImmutableArray<PolicyStatement> Permissions(LoadBalancerControllerArgs args) =>
    [
        new PolicyStatement
        {
            Sid = "FillTargetGroups",
            Actions = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
            Resources = args.TargetGroupArns,
        },
        new PolicyStatement
        {
            // None of these takes a resource (Service Authorization Reference, "Elastic Load Balancing V2" and "EC2", read 2026-11).
            Sid = "ReadNetworkAndTargets",
            Actions =
            [
                "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth", "elasticloadbalancing:DescribeLoadBalancers",
                "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces", "ec2:DescribeAvailabilityZones",
                // Asked when it starts and when a binding goes, to clear away rules of its own, of which it has none here.
                "ec2:DescribeSecurityGroups",
            ],
            Resources = { "*" },
            Conditions = [new PolicyCondition("StringEquals", "aws:RequestedRegion", args.Region)],
        },
    ];

    private K8s.Helm.V3.Release CreateRelease(string name, LoadBalancerControllerArgs args, Aws.Eks.PodIdentityAssociation identity)
    {
        var after = args.After.ToList();
        after.Add(identity);
        return new K8s.Helm.V3.Release(name, new ReleaseArgs
        {
            Name = Name,
            Namespace = KubeSystem,
            Chart = Name,
            Version = Version,
            RepositoryOpts = new RepositoryOptsArgs { Repo = "https://aws.github.io/eks-charts" },
            Atomic = true,
            Values =
            {
                ["clusterName"] = args.ClusterName,
                ["region"] = args.Region,
                ["vpcId"] = args.VpcId,
                ["replicaCount"] = 2,
                ["serviceAccount"] = new Dictionary<string, object> { ["name"] = Name },
                ["nodeSelector"] = new Dictionary<string, object> { [OnDemandBaseline.PoolLabel] = OnDemandBaseline.PoolName },
                ["resources"] = new Dictionary<string, object>
                {
                    ["requests"] = new Dictionary<string, object> { ["cpu"] = "100m", ["memory"] = "256Mi" },
                    ["limits"] = new Dictionary<string, object> { ["memory"] = "256Mi" },
                },
                // No Service and no Ingress may make a load balancer behind the plan's back.
                ["enableServiceMutatorWebhook"] = false,
                ["createIngressClassResource"] = false,
                ["enableShield"] = false,
                ["enableWaf"] = false,
                ["enableWafv2"] = false,
                // A certificate made anew with each upgrade would break the webhook until every pod has restarted.
                ["keepTLSSecret"] = true,
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = after });
    }
}
