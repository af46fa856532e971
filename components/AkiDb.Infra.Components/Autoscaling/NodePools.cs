using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;

namespace AkiDb.Infra.Components.Autoscaling;

/// <summary>
/// What Karpenter may start: a spot pool and an on-demand pool that share limits and node class and differ in capacity type and
/// in the capacity-spread values that hold the share.
/// </summary>
public sealed partial class NodePools : ComponentResource
{
    /// <summary>Karpenter replaces one spot node by a cheaper one only where at least 15 cheaper types remain to choose from
    /// (karpenter pkg/controllers/disruption/consolidation.go, 1.14).</summary>
    public const int LeastTypes = 15;

    private const string Api = "karpenter.sh/v1";
    private const string NodeClassName = "akidb-arm64";

    private static readonly ImmutableArray<string> ForbiddenTags =
        ["eks:eks-cluster-name", "karpenter.sh/nodepool", "karpenter.sh/nodeclaim", "karpenter.k8s.aws/ec2nodeclass"];

    private readonly string _name;
    private readonly NodePoolsArgs _args;

    /// <summary>Declares the pools.</summary>
    /// <exception cref="ArgumentException">A number out of range, an image that is not pinned, a tag that Karpenter keeps for
    /// itself, or too few types in this region.</exception>
    public NodePools(string name, NodePoolsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:autoscaling:NodePools", name, args, options)
    {
        (_name, _args) = (name, args);
        CheckArguments();

        var nodeClass = CreateNodeClass();
        if (!args.Spread.SpotDomains.IsEmpty)
            CreatePool("spot", args.Spread.SpotDomains, args.Spread.PlannedSpotPercent, weight: 50, nodeClass);
        if (!args.Spread.OnDemandDomains.IsEmpty)
            CreatePool("on-demand", args.Spread.OnDemandDomains, 100 - args.Spread.PlannedSpotPercent, weight: 10, nodeClass);
        RegisterOutputs();
    }

    private ImmutableArray<InstanceOffering> Types => [.. InstanceOfferings.In(_args.Region).Where(type => _args.Sizes.Contains(type.Size))];

    private void CheckArguments()
    {
        var component = $"NodePools '{_name}'";
        ComponentArgument.InRange(component, nameof(_args.CpuLimit), _args.CpuLimit, 8, 2000);
        ComponentArgument.InRange(component, nameof(_args.MemoryLimitGiB), _args.MemoryLimitGiB, 16, 8000);
        ComponentArgument.InRange(component, nameof(_args.ExpireAfterDays), _args.ExpireAfterDays, 1, 90);
        ComponentArgument.InRange(component, nameof(_args.ConsolidateAfterSeconds), _args.ConsolidateAfterSeconds, 0, 3600);
        ComponentArgument.InRange(component, nameof(_args.VolumeGiB), _args.VolumeGiB, 20, 1000);
        ComponentArgument.InRange(component, "Peak.FromHour", _args.Peak.FromHour, 0, 23);
        ComponentArgument.InRange(component, "Peak.Hours", _args.Peak.Hours, 1, 24);
        ComponentArgument.Require(PinnedImage().IsMatch(_args.AmiAlias), component, nameof(_args.AmiAlias), _args.AmiAlias,
            "a pinned version such as al2023@v20260801 or bottlerocket@1.49.0, never @latest");
        foreach (var tag in _args.InstanceTags.Keys)
        {
            ComponentArgument.Require(!ForbiddenTags.Contains(tag) && !tag.StartsWith("kubernetes.io/cluster", StringComparison.Ordinal),
                component, nameof(_args.InstanceTags), tag, $"any tag but kubernetes.io/cluster*, {string.Join(", ", ForbiddenTags)}, which Karpenter sets");
        }

        ComponentArgument.Require(Types.Length >= LeastTypes, component, nameof(_args.Sizes), string.Join(", ", _args.Sizes),
            $"sizes of which {_args.Region} sells at least {LeastTypes} Graviton types; it sells {Types.Length} of these");
    }

    private CustomObject CreateNodeClass() => new($"{_name}-class", new CustomObjectArgs("karpenter.k8s.aws/v1", "EC2NodeClass")
    {
        Metadata = ObjectMetadata.ClusterWide(NodeClassName),
        Spec = new Dictionary<string, object>
        {
            ["role"] = _args.NodeRoleName,
            ["amiSelectorTerms"] = new[] { Map(("alias", _args.AmiAlias)) },
            ["subnetSelectorTerms"] = new[] { Map(("tags", Map(("karpenter.sh/discovery", _args.ClusterName)))) },
            ["securityGroupSelectorTerms"] = new[] { Map(("id", _args.SecurityGroupId)) },
            ["metadataOptions"] = Map(("httpEndpoint", "enabled"), ("httpTokens", "required"), ("httpPutResponseHopLimit", 1)),
            ["blockDeviceMappings"] = new[]
            {
                Map(("deviceName", "/dev/xvda"), ("ebs", Map(
                    ("volumeType", "gp3"), ("volumeSize", $"{_args.VolumeGiB}Gi"), ("encrypted", true), ("deleteOnTermination", true)))),
            },
            ["tags"] = _args.InstanceTags.ToDictionary(tag => tag.Key, tag => (object)tag.Value),
        },
    }, new CustomResourceOptions { Parent = this });

    private void CreatePool(string capacityType, ImmutableArray<string> domains, double sharePercent, int weight, CustomObject nodeClass) =>
        _ = new CustomObject($"{_name}-{capacityType}", new CustomObjectArgs(Api, "NodePool")
        {
            Metadata = ObjectMetadata.ClusterWide($"akidb-{capacityType}"),
            Spec = new Dictionary<string, object>
            {
                ["weight"] = weight,
                ["limits"] = Map(
                    ("cpu", Share(_args.CpuLimit, sharePercent)),
                    ("memory", $"{Share(_args.MemoryLimitGiB, sharePercent)}Gi")),
                ["disruption"] = Map(
                    ("consolidationPolicy", "WhenEmptyOrUnderutilized"),
                    ("consolidateAfter", $"{_args.ConsolidateAfterSeconds}s"),
                    ("budgets", Budgets())),
                ["template"] = Map(
                    ("metadata", Map(("labels", Map((OnDemandBaseline.PoolLabel, capacityType))))),
                    ("spec", Map(
                        ("nodeClassRef", Map(("group", "karpenter.k8s.aws"), ("kind", "EC2NodeClass"), ("name", NodeClassName))),
                        ("expireAfter", $"{_args.ExpireAfterDays * 24}h"),
                        // Expired nodes drain at once; this bounds how long a pod that will not go can hold one.
                        ("terminationGracePeriod", "10m"),
                        ("requirements", Requirements(capacityType, domains))))),
            },
        }, new CustomResourceOptions { Parent = this, DependsOn = { nodeClass } });

    private Dictionary<string, object>[] Requirements(string capacityType, ImmutableArray<string> domains) =>
    [
        In("kubernetes.io/arch", "arm64"),
        In("kubernetes.io/os", "linux"),
        In("karpenter.sh/capacity-type", capacityType),
        In("karpenter.k8s.aws/instance-family", [.. Types.Select(type => type.Family).Distinct().Order(StringComparer.Ordinal)]),
        In("karpenter.k8s.aws/instance-size", [.. _args.Sizes]),
        In(CapacitySpread.Label, [.. domains]),
    ];

    // A tenth of the nodes at a time; at peak only nodes that nothing runs on. Budgets do not hold back interruption or expiry.
    private Dictionary<string, object>[] Budgets() =>
    [
        Map(("nodes", "10%")),
        Map(
            ("nodes", "0"),
            ("schedule", $"0 {_args.Peak.FromHour} * * mon-fri"),
            ("duration", $"{_args.Peak.Hours}h"),
            ("reasons", new[] { "Underutilized", "Drifted" })),
    ];

    private static string Share(int limit, double percent) =>
        ((int)Math.Round(limit * percent / 100, MidpointRounding.AwayFromZero)).ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, object> In(string key, params string[] values) =>
        Map(("key", key), ("operator", "In"), ("values", values));

    private static Dictionary<string, object> Map(params (string Key, object Value)[] entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value);

    [GeneratedRegex(@"^(al2023|bottlerocket)@v?[0-9][0-9.]*$")]
    private static partial Regex PinnedImage();
}
