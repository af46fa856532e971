using System.Collections.Immutable;
using AkiDb.Infra.Components.Identity;
using Pulumi;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>
/// What the Karpenter controller may do: the six policies of version 1.14's CloudFormation template, statement by statement.
/// It may start what it tags as this cluster's, and change or end only what bears those tags.
/// </summary>
internal sealed class KarpenterPermissions(string region, string accountId, string clusterName)
{
    private const string Owned = "owned";

    private readonly string _clusterTag = $"kubernetes.io/cluster/{clusterName}";

    /// <summary>Statements by policy name. Six policies and not one: a managed policy holds 6,144 characters.</summary>
    public ImmutableDictionary<string, ImmutableArray<PolicyStatement>> Policies(
        Input<string> nodeRoleArn, Input<string> clusterArn, Input<string> queueArn) =>
        new Dictionary<string, ImmutableArray<PolicyStatement>>
        {
            ["node-lifecycle"] = NodeLifecycle(),
            ["iam-integration"] = IamIntegration(nodeRoleArn),
            ["eks-integration"] =
            [
                new PolicyStatement { Sid = "AllowAPIServerEndpointDiscovery", Actions = ["eks:DescribeCluster"], Resources = { clusterArn } },
            ],
            ["interruption"] =
            [
                new PolicyStatement
                {
                    Sid = "AllowInterruptionQueueActions",
                    Actions = ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
                    Resources = { queueArn },
                },
            ],
            ["zonal-shift"] =
            [
                new PolicyStatement
                {
                    Sid = "AllowZonalShiftStatusReadOnly",
                    Actions = ["arc-zonal-shift:GetManagedResource"],
                    Resources = { "*" },
                    Conditions = [new PolicyCondition("StringEquals", "arc-zonal-shift:ResourceIdentifier", clusterArn)],
                },
            ],
            ["resource-discovery"] = ResourceDiscovery(),
        }.ToImmutableDictionary();

    private ImmutableArray<PolicyStatement> NodeLifecycle() =>
    [
        new PolicyStatement
        {
            Sid = "AllowScopedEC2InstanceAccessActions",
            Actions = ["ec2:RunInstances", "ec2:CreateFleet"],
            Resources = new[]
            {
                $"arn:aws:ec2:{region}::image/*", $"arn:aws:ec2:{region}::snapshot/*",
                Ec2("security-group"), Ec2("subnet"), Ec2("capacity-reservation"), Ec2("placement-group"),
            },
        },
        new PolicyStatement
        {
            Sid = "AllowScopedEC2LaunchTemplateAccessActions",
            Actions = ["ec2:RunInstances", "ec2:CreateFleet"],
            Resources = { Ec2("launch-template") },
            Conditions = [ResourceIsOurs(), ResourceHas("karpenter.sh/nodepool")],
        },
        new PolicyStatement
        {
            Sid = "AllowScopedEC2InstanceActionsWithTags",
            Actions = ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
            Resources = Launched(),
            Conditions = [RequestIsOurs(), RequestNamesCluster(), RequestHas("karpenter.sh/nodepool")],
        },
        new PolicyStatement
        {
            Sid = "AllowScopedResourceCreationTagging",
            Actions = ["ec2:CreateTags"],
            Resources = Launched(),
            Conditions =
            [
                RequestIsOurs(),
                RequestNamesCluster(),
                new PolicyCondition("StringEquals", "ec2:CreateAction", new[] { "RunInstances", "CreateFleet", "CreateLaunchTemplate" }),
                RequestHas("karpenter.sh/nodepool"),
            ],
        },
        new PolicyStatement
        {
            Sid = "AllowScopedResourceTagging",
            Actions = ["ec2:CreateTags"],
            Resources = { Ec2("instance") },
            Conditions =
            [
                ResourceIsOurs(),
                ResourceHas("karpenter.sh/nodepool"),
                new PolicyCondition("StringEqualsIfExists", "aws:RequestTag/eks:eks-cluster-name", clusterName),
                new PolicyCondition("ForAllValues:StringEquals", "aws:TagKeys", new[] { "eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name" }),
            ],
        },
        new PolicyStatement
        {
            Sid = "AllowScopedDeletion",
            Actions = ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
            Resources = { Ec2("instance"), Ec2("launch-template") },
            Conditions = [ResourceIsOurs(), ResourceHas("karpenter.sh/nodepool")],
        },
    ];

    private ImmutableArray<PolicyStatement> IamIntegration(Input<string> nodeRoleArn) =>
    [
        new PolicyStatement
        {
            Sid = "AllowPassingInstanceRole",
            Actions = ["iam:PassRole"],
            Resources = { nodeRoleArn },
            Conditions = [new PolicyCondition("StringEquals", "iam:PassedToService", "ec2.amazonaws.com")],
        },
        new PolicyStatement
        {
            Sid = "AllowScopedInstanceProfileCreationActions",
            Actions = ["iam:CreateInstanceProfile"],
            Resources = { InstanceProfiles },
            Conditions = [RequestIsOurs(), RequestNamesCluster(), RequestNamesRegion(), RequestHas("karpenter.k8s.aws/ec2nodeclass")],
        },
        new PolicyStatement
        {
            Sid = "AllowScopedInstanceProfileTagActions",
            Actions = ["iam:TagInstanceProfile"],
            Resources = { InstanceProfiles },
            Conditions =
            [
                ResourceIsOurs(), ResourceNamesRegion(), ResourceHas("karpenter.k8s.aws/ec2nodeclass"),
                RequestIsOurs(), RequestNamesCluster(), RequestNamesRegion(), RequestHas("karpenter.k8s.aws/ec2nodeclass"),
            ],
        },
        new PolicyStatement
        {
            Sid = "AllowScopedInstanceProfileActions",
            Actions = ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
            Resources = { InstanceProfiles },
            Conditions = [ResourceIsOurs(), ResourceNamesRegion(), ResourceHas("karpenter.k8s.aws/ec2nodeclass")],
        },
    ];

    // These calls take no resource; the region is what can be narrowed.
    private ImmutableArray<PolicyStatement> ResourceDiscovery() =>
    [
        new PolicyStatement
        {
            Sid = "AllowRegionalReadActions",
            Actions =
            [
                "ec2:DescribeCapacityReservations", "ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeInstanceStatus",
                "ec2:DescribeInstanceTypeOfferings", "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplates",
                "ec2:DescribePlacementGroups", "ec2:DescribeSecurityGroups", "ec2:DescribeSpotPriceHistory", "ec2:DescribeSubnets",
            ],
            Resources = { "*" },
            Conditions = [new PolicyCondition("StringEquals", "aws:RequestedRegion", region)],
        },
        new PolicyStatement
        {
            Sid = "AllowSSMReadActions",
            Actions = ["ssm:GetParameter"],
            Resources = { $"arn:aws:ssm:{region}::parameter/aws/service/*" },
        },
        new PolicyStatement { Sid = "AllowPricingReadActions", Actions = ["pricing:GetProducts"], Resources = { "*" } },
        new PolicyStatement { Sid = "AllowUnscopedInstanceProfileListAction", Actions = ["iam:ListInstanceProfiles"], Resources = { "*" } },
        new PolicyStatement { Sid = "AllowInstanceProfileReadActions", Actions = ["iam:GetInstanceProfile"], Resources = { InstanceProfiles } },
    ];

    private string InstanceProfiles => $"arn:aws:iam::{accountId}:instance-profile/*";

    private string Ec2(string kind) => $"arn:aws:ec2:{region}:{accountId}:{kind}/*";

    private string[] Launched() =>
    [
        Ec2("fleet"), Ec2("instance"), Ec2("volume"), Ec2("network-interface"), Ec2("launch-template"), Ec2("spot-instances-request"),
    ];

    private PolicyCondition RequestIsOurs() => new("StringEquals", $"aws:RequestTag/{_clusterTag}", Owned);

    private PolicyCondition RequestNamesCluster() => new("StringEquals", "aws:RequestTag/eks:eks-cluster-name", clusterName);

    private PolicyCondition RequestNamesRegion() => new("StringEquals", "aws:RequestTag/topology.kubernetes.io/region", region);

    private PolicyCondition ResourceIsOurs() => new("StringEquals", $"aws:ResourceTag/{_clusterTag}", Owned);

    private PolicyCondition ResourceNamesRegion() => new("StringEquals", "aws:ResourceTag/topology.kubernetes.io/region", region);

    private static PolicyCondition RequestHas(string tag) => new("StringLike", $"aws:RequestTag/{tag}", "*");

    private static PolicyCondition ResourceHas(string tag) => new("StringLike", $"aws:ResourceTag/{tag}", "*");
}
