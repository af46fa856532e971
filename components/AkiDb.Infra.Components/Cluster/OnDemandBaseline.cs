using AkiDb.Infra.Components.Autoscaling;
using Pulumi;
using Pulumi.Aws.Ec2.Inputs;
using Pulumi.Aws.Eks.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Cluster;

/// <summary>
/// A managed node group of on-demand Graviton nodes: what controllers run on, and the floor that stays when spot capacity goes.
/// </summary>
public sealed class OnDemandBaseline : ComponentResource
{
    /// <summary>Label that says which pool a node belongs to.</summary>
    public const string PoolLabel = "akidb.io/pool";

    /// <summary>Value of <see cref="PoolLabel"/> on these nodes.</summary>
    public const string PoolName = "baseline";

    private readonly string _name;
    private readonly OnDemandBaselineArgs _args;

    /// <summary>Declares the group.</summary>
    /// <exception cref="ArgumentException">Numbers that do not fit each other, no type, or a volume out of range.</exception>
    public OnDemandBaseline(string name, OnDemandBaselineArgs args, ComponentResourceOptions? options = null)
        : base("akidb:cluster:OnDemandBaseline", name, args, options)
    {
        (_name, _args) = (name, args);
        CheckArguments();

        var role = NodeRole.Create(name, this);
        var template = CreateLaunchTemplate();
        NodeGroup = CreateNodeGroup(role, template);
        RegisterOutputs();
    }

    /// <summary>What waits for the first nodes waits for this.</summary>
    public Resource NodeGroup { get; }

    private void CheckArguments()
    {
        var component = $"OnDemandBaseline '{_name}'";
        ComponentArgument.InRange(component, nameof(_args.MinNodes), _args.MinNodes, 1, 100);
        ComponentArgument.InRange(component, nameof(_args.MaxNodes), _args.MaxNodes, _args.MinNodes, 100);
        ComponentArgument.InRange(component, nameof(_args.DesiredNodes), _args.DesiredNodes, _args.MinNodes, _args.MaxNodes);
        ComponentArgument.InRange(component, nameof(_args.VolumeGiB), _args.VolumeGiB, 20, 1000);
        ComponentArgument.Require(!_args.InstanceTypes.IsEmpty, component, nameof(_args.InstanceTypes), "", "at least one Graviton type");
        foreach (var type in _args.InstanceTypes)
        {
            ComponentArgument.Require(InstanceOfferings.All.Any(offering => offering.Name == type), component, nameof(_args.InstanceTypes), type,
                "types of instance-offerings.json, such as m7g.large");
        }
    }

    private Aws.Ec2.LaunchTemplate CreateLaunchTemplate()
    {
        var tags = _args.InstanceTags.SetItem("Name", $"{_name}-node").ToDictionary();
        return new Aws.Ec2.LaunchTemplate($"{_name}-template", new Aws.Ec2.LaunchTemplateArgs
        {
            // IMDSv2 with one hop: a pod that is not on the host network cannot ask for the node's credentials.
            MetadataOptions = new LaunchTemplateMetadataOptionsArgs
            {
                HttpEndpoint = "enabled",
                HttpTokens = "required",
                HttpPutResponseHopLimit = 1,
            },
            BlockDeviceMappings =
            {
                new LaunchTemplateBlockDeviceMappingArgs
                {
                    DeviceName = "/dev/xvda",
                    Ebs = new LaunchTemplateBlockDeviceMappingEbsArgs
                    {
                        VolumeType = "gp3",
                        VolumeSize = _args.VolumeGiB,
                        Encrypted = "true",
                        DeleteOnTermination = "true",
                    },
                },
            },
            TagSpecifications =
            {
                new LaunchTemplateTagSpecificationArgs { ResourceType = "instance", Tags = tags },
                new LaunchTemplateTagSpecificationArgs { ResourceType = "volume", Tags = tags },
            },
            UpdateDefaultVersion = true,
        }, new CustomResourceOptions { Parent = this });
    }

    private Aws.Eks.NodeGroup CreateNodeGroup(Aws.Iam.Role role, Aws.Ec2.LaunchTemplate template) =>
        new(_name, new Aws.Eks.NodeGroupArgs
        {
            ClusterName = _args.ClusterName,
            NodeRoleArn = role.Arn,
            SubnetIds = _args.SubnetIds,
            AmiType = "AL2023_ARM_64_STANDARD",
            CapacityType = "ON_DEMAND",
            InstanceTypes = _args.InstanceTypes.ToList(),
            Labels = { [PoolLabel] = PoolName, [CapacitySpread.Label] = _args.SpreadDomain },
            LaunchTemplate = new NodeGroupLaunchTemplateArgs
            {
                Id = template.Id,
                Version = template.LatestVersion.Apply(version => version.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            },
            ScalingConfig = new NodeGroupScalingConfigArgs
            {
                MinSize = _args.MinNodes,
                DesiredSize = _args.DesiredNodes,
                MaxSize = _args.MaxNodes,
            },
            UpdateConfig = new NodeGroupUpdateConfigArgs { MaxUnavailable = 1 },
        }, new CustomResourceOptions
        {
            Parent = this,
            // A runbook raises the number in a spot cascade; the next `pulumi up` must not take the nodes away again.
            IgnoreChanges = { "scalingConfig.desiredSize" },
        });
}
