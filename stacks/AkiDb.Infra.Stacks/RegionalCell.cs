using System.Collections.Immutable;
using AkiDb.Infra.Components.Autoscaling;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Network;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;
using Aws = Pulumi.Aws;
using AwsNative = Pulumi.AwsNative;

namespace AkiDb.Infra.Stacks;

/// <summary>What every region of an environment gets: its provider, its log key, its network and its cluster.</summary>
internal sealed class RegionalCell
{
    private readonly Lazy<AwsNative.Provider> _native;

    public RegionalCell(EnvironmentSettings settings, RegionSettings region)
    {
        (Name, Region) = (region.Name, region.Region);
        Prefix = region.Name == region.Region ? settings.NamePrefix : $"{settings.NamePrefix}-{region.Name}";
        Provider = CreateProvider(settings, region.Name, region.Region);
        var clusterName = $"{settings.NamePrefix}-{region.Name}";
        var options = new ComponentResourceOptions { Provider = Provider };

        _native = new Lazy<AwsNative.Provider>(() => CreateNativeProvider(settings, region));
        var logKey = new EncryptionKey($"{region.Name}-logs", new EncryptionKeyArgs
        {
            AccountId = settings.AccountId,
            Alias = $"{clusterName}/logs",
            Purpose = $"Logs of {clusterName}",
            Statements = [EncryptionKey.ForLogs(settings.AccountId, region.Region)],
        }, options);
        LogKeyArn = logKey.Arn;
        Network = new RegionalNetwork($"{region.Name}-network", new RegionalNetworkArgs
        {
            Region = region.Region,
            Block = region.Block,
            ZoneIds = region.ZoneIds,
            ClusterName = clusterName,
            NatGateways = settings.Network.NatGateways,
            InterfaceEndpoints = settings.Network.InterfaceEndpoints,
            FlowLogRetentionDays = settings.Network.FlowLogRetentionDays,
            LogKeyArn = logKey.Arn,
        }, options);
        Cluster = new RegionalCluster($"{region.Name}-cluster", new RegionalClusterArgs
        {
            AccountId = settings.AccountId,
            Region = region.Region,
            ClusterName = clusterName,
            Version = settings.Cluster.Version,
            SubnetIds = Network.PrivateSubnetIds,
            PublicAccessBlocks = settings.Cluster.PublicAccessBlocks,
            LogRetentionDays = settings.Cluster.LogRetentionDays,
            LogKeyArn = logKey.Arn,
            DeletionProtection = settings.Cluster.DeletionProtection,
            Support = settings.Cluster.Support,
        }, options);
        Spread = CapacitySpread.For(settings.Capacity.SpotPercent, settings.Workloads.MinReplicas);
        var access = new ClusterAccess($"{region.Name}-access", new ClusterAccessArgs
        {
            ClusterName = Cluster.Name,
            Principals = settings.Cluster.Principals,
        }, options);
        var baseline = new OnDemandBaseline($"{region.Name}-baseline", new OnDemandBaselineArgs
        {
            ClusterName = Cluster.Name,
            SubnetIds = Network.PrivateSubnetIds,
            InstanceTypes = settings.Capacity.BaselineTypes,
            MinNodes = settings.Capacity.BaselineMin,
            DesiredNodes = settings.Capacity.BaselineDesired,
            MaxNodes = settings.Capacity.BaselineMax,
            SpreadDomain = Spread.BaselineDomain,
            InstanceTags = Tags(settings),
        }, options);
        var addons = new ClusterAddons($"{region.Name}-addons", new ClusterAddonsArgs
        {
            AccountId = settings.AccountId,
            ClusterName = Cluster.Name,
            ClusterArn = Cluster.Arn,
            Versions = settings.Cluster.AddonVersions,
            Nodes = [baseline.NodeGroup],
        }, options);
        Nodes = CreateKarpenter(settings, region, clusterName, [access, addons, baseline.NodeGroup]);
    }

    public string Name { get; }

    public string Region { get; }

    /// <summary>First part of names that must be unique in the cell's region, e.g. <c>akidb-prod</c>; a second cell in one region adds
    /// its own name.</summary>
    public string Prefix { get; }

    public Aws.Provider Provider { get; }

    /// <summary>For what only AWS' own resource model has; made when first asked for.</summary>
    public AwsNative.Provider Native => _native.Value;

    /// <summary>The key that CloudWatch Logs of this region may use.</summary>
    public Output<string> LogKeyArn { get; }

    public RegionalNetwork Network { get; }

    public RegionalCluster Cluster { get; }

    /// <summary>How pods of this region spread over spot and on-demand.</summary>
    public CapacitySpread Spread { get; }

    /// <summary>What pods wait for.</summary>
    public ImmutableArray<Resource> Nodes { get; }

    private ImmutableArray<Resource> CreateKarpenter(
        EnvironmentSettings settings, RegionSettings region, string clusterName, ImmutableArray<Resource> ready)
    {
        var options = new ComponentResourceOptions { Providers = [Provider, Cluster.Kubernetes] };
        var karpenter = new Karpenter($"{region.Name}-karpenter", new KarpenterArgs
        {
            AccountId = settings.AccountId,
            Region = region.Region,
            ClusterName = clusterName,
            ClusterArn = Cluster.Arn,
            ClusterEndpoint = Cluster.Endpoint,
            ControllerNodes = ready,
        }, options);
        var pools = new NodePools($"{region.Name}-pools", new NodePoolsArgs
        {
            Region = region.Region,
            ClusterName = clusterName,
            Spread = Spread,
            NodeRoleName = karpenter.NodeRoleName,
            SecurityGroupId = Cluster.SecurityGroupId,
            AmiAlias = settings.Capacity.AmiAlias,
            CpuLimit = settings.Capacity.CpuLimit,
            MemoryLimitGiB = settings.Capacity.MemoryLimitGiB,
            InstanceTags = Tags(settings),
        }, new ComponentResourceOptions { Providers = [Provider, Cluster.Kubernetes], DependsOn = { karpenter } });
        return [pools];
    }

    // On everything: the provider puts them on what it makes, node templates on what Karpenter and the node group make.
    private static ImmutableSortedDictionary<string, string> Tags(EnvironmentSettings settings) => settings.Tags
        .SetItem("project", EnvironmentSettings.Project)
        .SetItem("environment", settings.Name)
        .SetItem("managed-by", "pulumi");

    /// <summary>The provider of a region, held to the environment's account, with its tags on all it makes.</summary>
    internal static Aws.Provider CreateProvider(EnvironmentSettings settings, string name, string region)
    {
        return new Aws.Provider(name, new Aws.ProviderArgs
        {
            Region = region,
            // Credentials of the wrong account fail here, before anything is touched.
            AllowedAccountIds = { settings.AccountId },
            DefaultTags = new Aws.Inputs.ProviderDefaultTagsArgs { Tags = Tags(settings).ToDictionary() },
        });
    }

    private static AwsNative.Provider CreateNativeProvider(EnvironmentSettings settings, RegionSettings region) =>
        new($"{region.Name}-native", new AwsNative.ProviderArgs
        {
            Region = region.Region,
            AllowedAccountIds = { settings.AccountId },
            DefaultTags = new AwsNative.Inputs.ProviderDefaultTagsArgs { Tags = Tags(settings).ToDictionary() },
        });
}
