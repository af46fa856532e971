using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Network;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Stacks;

/// <summary>What every region of an environment gets: its provider, its log key, its network and its cluster.</summary>
internal sealed class RegionalCell
{
    public RegionalCell(EnvironmentSettings settings, RegionSettings region)
    {
        (Name, Region) = (region.Name, region.Region);
        Provider = CreateProvider(settings, region);
        var clusterName = $"{settings.NamePrefix}-{region.Name}";
        var options = new ComponentResourceOptions { Provider = Provider };

        var logKey = new EncryptionKey($"{region.Name}-logs", new EncryptionKeyArgs
        {
            AccountId = settings.AccountId,
            Alias = $"{clusterName}/logs",
            Purpose = $"Logs of {clusterName}",
            Statements = [EncryptionKey.ForLogs(settings.AccountId, region.Region)],
        }, options);
        var network = new RegionalNetwork($"{region.Name}-network", new RegionalNetworkArgs
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
            SubnetIds = network.PrivateSubnetIds,
            PublicAccessBlocks = settings.Cluster.PublicAccessBlocks,
            LogRetentionDays = settings.Cluster.LogRetentionDays,
            LogKeyArn = logKey.Arn,
            DeletionProtection = settings.Cluster.DeletionProtection,
            Support = settings.Cluster.Support,
        }, options);
        _ = new ClusterAccess($"{region.Name}-access", new ClusterAccessArgs
        {
            ClusterName = Cluster.Name,
            Principals = settings.Cluster.Principals,
        }, options);
        _ = new ClusterAddons($"{region.Name}-addons", new ClusterAddonsArgs
        {
            AccountId = settings.AccountId,
            ClusterName = Cluster.Name,
            ClusterArn = Cluster.Arn,
            Versions = settings.Cluster.AddonVersions,
        }, options);
    }

    public string Name { get; }

    public string Region { get; }

    public Aws.Provider Provider { get; }

    public RegionalCluster Cluster { get; }

    private static Aws.Provider CreateProvider(EnvironmentSettings settings, RegionSettings region)
    {
        var tags = settings.Tags
            .SetItem("project", EnvironmentSettings.Project)
            .SetItem("environment", settings.Name)
            .SetItem("managed-by", "pulumi");
        return new Aws.Provider(region.Name, new Aws.ProviderArgs
        {
            Region = region.Region,
            // Credentials of the wrong account fail here, before anything is touched.
            AllowedAccountIds = { settings.AccountId },
            DefaultTags = new Aws.Inputs.ProviderDefaultTagsArgs { Tags = tags.ToDictionary() },
        });
    }
}
