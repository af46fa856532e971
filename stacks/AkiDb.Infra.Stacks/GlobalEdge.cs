using System.Collections.Immutable;
using AkiDb.Infra.Components.Edge;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Ingress;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Components.Storage;
using AkiDb.Infra.Components.Workloads;
using AkiDb.Infra.Stacks.Settings;
using Pulumi;

namespace AkiDb.Infra.Stacks;

/// <summary>What stands before all regions: names, load balancers, warm tiers, and the distribution that chooses between them.</summary>
internal sealed class GlobalEdge
{
    // The hash of no key that anyone has, where a plan is only looked at.
    private static readonly ImmutableSortedDictionary<string, string> StandInKeys =
        ImmutableSortedDictionary<string, string>.Empty.Add(new string('0', 12), new string('0', 64));

    private readonly EnvironmentSettings _settings;
    private readonly EdgeSettings _edge;
    private readonly EdgeNames _names;
    private readonly ImmutableArray<RegionalCell> _cells;
    private readonly ComponentResourceOptions _global;

    private GlobalEdge(EnvironmentSettings settings, EdgeSettings edge, ImmutableArray<RegionalCell> cells)
    {
        (_settings, _edge, _names, _cells) = (settings, edge, new EdgeNames(edge.Domain), cells);
        _global = new ComponentResourceOptions { Provider = Home.Provider };
    }

    // Where everything global stands; EdgeSettings has seen to it that there is one.
    private RegionalCell Home => _cells.First(cell => cell.Region == EdgeNames.Region);

    private bool HasStandby => _cells.Length > 1;

    // A warm tier that knows no key would refuse everyone whom the clusters know; without one they get the requests.
    private ImmutableSortedDictionary<string, string> KeyHashes => _edge.WarmKeys.IsEmpty && _settings.AssumeImages ? StandInKeys : _edge.WarmKeys;

    /// <summary>Declares the edge.</summary>
    /// <returns>What to know of it, by name; nothing where the environment has none.</returns>
    public static ImmutableArray<(string Key, Output<string> Value)> Create(EnvironmentSettings settings, ImmutableArray<RegionalCell> cells,
        ImmutableArray<WorkloadNamespace> spaces, ImmutableDictionary<string, LogBucket> logs, Watch watch)
    {
        if (settings.Edge is null)
            return [];
        // Route 53 takes one latency record a region: a second cell in a region is reached from inside only.
        var first = cells.DistinctBy(cell => cell.Region).ToImmutableArray();
        return new GlobalEdge(settings, settings.Edge, first).Create([.. first.Select(cell => spaces[cells.IndexOf(cell)])], logs, watch);
    }

    /// <summary>What keeps parts of the edge from being deployed.</summary>
    public static IEnumerable<string> Notices(EnvironmentSettings settings) => settings.Edge is { WarmKeys.IsEmpty: true }
        ? ["the warm tier knows no API key (akidb:edge.warm.keys): `pulumi up` leaves it out, and embeddings go to the clusters"
            + (settings.AssumeImages ? "; this plan shows it with a stand-in" : "")]
        : [];

    private static EdgeLocation Location(RegionalCell cell) => new(cell.Name, cell.Region, cell.Provider);

    private ImmutableArray<(string Key, Output<string> Value)> Create(
        ImmutableArray<WorkloadNamespace> spaces, ImmutableDictionary<string, LogBucket> logs, Watch watch)
    {
        var dns = new GlobalDns("dns", new GlobalDnsArgs
        {
            AccountId = _settings.AccountId,
            Domain = _edge.Domain,
            QueryLogRetentionDays = _edge.LogRetentionDays,
            LogKeyArn = Home.LogKeyArn,
            Dnssec = _edge.Dnssec,
        }, _global);
        var originKey = CreateOriginKey();
        var ingresses = CreateIngresses(dns, originKey, spaces, logs);
        var routing = new LatencyRouting("origins", new LatencyRoutingArgs
        {
            Names = _names,
            ZoneId = dns.ZoneId,
            Origins = [.. _cells.Zip(ingresses, (cell, ingress) => new RegionalOrigin(cell.Region, ingress.DnsName, ingress.ZoneId))],
            HealthCheckSeconds = _edge.HealthCheckSeconds,
        }, _global);
        var edge = CreateDistribution(dns, originKey, ingresses, CreateWarmTiers(), logs);
        dns.PointTo(_names.Api, edge.Distribution);
        if (watch.FindTopicOf(EdgeNames.Region) is { } topic)
        {
            _ = new OriginAlarms("origin-alarms", new OriginAlarmsArgs
            {
                NamePrefix = _settings.NamePrefix,
                TopicArn = topic,
                DistributionId = edge.Distribution.Id,
                HealthChecks = routing.HealthChecks,
            }, _global);
        }

        return
        [
            ("api", Output.Create($"https://{_names.Api}")),
            ("distribution", edge.Distribution.DomainName),
            ("nameServers", dns.NameServers.Apply(servers => string.Join(", ", servers))),
        ];
    }

    private OriginKey CreateOriginKey()
    {
        var key = new EncryptionKey("origin-key-source", new EncryptionKeyArgs
        {
            AccountId = _settings.AccountId,
            Alias = $"{_settings.NamePrefix}/origin-key",
            Purpose = "Draws the header that load balancers know CloudFront by",
        }, _global);
        return new OriginKey("origin-key", new OriginKeyArgs { KmsKeyId = key.Arn, Serial = _edge.OriginKeySerial }, _global);
    }

    private ImmutableArray<RegionalIngress> CreateIngresses(
        GlobalDns dns, OriginKey originKey, ImmutableArray<WorkloadNamespace> spaces, ImmutableDictionary<string, LogBucket> logs)
    {
        var certificate = new DnsCertificate("origin-certificate", new DnsCertificateArgs
        {
            DomainName = _names.Origins,
            ZoneId = dns.ZoneId,
            Locations = [.. _cells.Select(Location)],
        }, _global);
        return [.. _cells.Select((cell, index) => CreateIngress(cell, certificate, originKey, spaces[index], logs))];
    }

    private RegionalIngress CreateIngress(
        RegionalCell cell, DnsCertificate certificate, OriginKey originKey, WorkloadNamespace space, ImmutableDictionary<string, LogBucket> logs)
    {
        var options = new ComponentResourceOptions { Providers = [cell.Provider, cell.Cluster.Kubernetes] };
        var ingress = new RegionalIngress($"{cell.Name}-ingress", new RegionalIngressArgs
        {
            NamePrefix = _settings.NamePrefix,
            Region = cell.Region,
            VpcId = cell.Network.VpcId,
            SubnetIds = cell.Network.PublicSubnetIds,
            NodeSecurityGroupId = cell.Cluster.SecurityGroupId,
            CertificateArn = certificate.ArnByRegion[cell.Region],
            OriginHeader = OriginKey.Header,
            OriginKeys = originKey.Accepted,
            LogBucket = logs[cell.Region].Name,
            DeletionProtection = _settings.Cluster.DeletionProtection,
        }, options);
        if (!RegionalImages.For(_settings, cell.Region).ContainsKey(ImageNames.Router))
            return ingress;

        var controller = new LoadBalancerController($"{cell.Name}-targets", new LoadBalancerControllerArgs
        {
            AccountId = _settings.AccountId,
            Region = cell.Region,
            ClusterName = cell.Cluster.Name,
            ClusterArn = cell.Cluster.Arn,
            VpcId = cell.Network.VpcId,
            TargetGroupArns = ingress.TargetGroupArn,
            After = [.. cell.Nodes, space.Ready],
        }, options);
        ingress.Bind(controller.Ready, cell.Cluster.Kubernetes);
        return ingress;
    }

    private ImmutableArray<WarmEmbeddings> CreateWarmTiers() =>
    [
        .. _cells
            .Select(cell => (Cell: cell, Image: RegionalImages.For(_settings, cell.Region).GetValueOrDefault(ImageNames.WarmEmbeddings)))
            .Where(tier => tier.Image is not null && !KeyHashes.IsEmpty)
            .Select(tier => new WarmEmbeddings($"{tier.Cell.Name}-warm", new WarmEmbeddingsArgs
            {
                AccountId = _settings.AccountId,
                NamePrefix = _settings.NamePrefix,
                Location = Location(tier.Cell),
                Image = tier.Image!,
                KeyHashes = KeyHashes,
                LogKeyArn = tier.Cell.LogKeyArn,
                LogRetentionDays = _edge.LogRetentionDays,
                MemoryMb = _edge.WarmMemoryMb,
                LeastWarm = _edge.Warm.Least,
                MostWarm = _edge.Warm.Most,
                Busy = _edge.Busy,
            }, new ComponentResourceOptions { Provider = tier.Cell.Provider })),
    ];

    private EdgeDistribution CreateDistribution(GlobalDns dns, OriginKey originKey, ImmutableArray<RegionalIngress> ingresses,
        ImmutableArray<WarmEmbeddings> warm, ImmutableDictionary<string, LogBucket> logs)
    {
        var certificate = new DnsCertificate("api-certificate", new DnsCertificateArgs
        {
            DomainName = _names.Api,
            ZoneId = dns.ZoneId,
            Locations = [Location(Home)],
        }, _global);
        var firewall = new EdgeFirewall("edge-firewall", new EdgeFirewallArgs { NamePrefix = _settings.NamePrefix, RequestsPerAddress = _edge.RequestsPerAddress }, _global);
        var viewer = new ViewerFunction("edge-viewer", new ViewerFunctionArgs
        {
            FunctionName = $"{_settings.NamePrefix}-viewer",
            Warm = [.. warm.Select(tier => new WarmOrigin(EdgeDistribution.WarmOrigin(tier.Region), tier.Region))],
            HasStandby = HasStandby,
        }, _global);
        var function = new EdgeFunction("edge-function", new EdgeFunctionArgs
        {
            AccountId = _settings.AccountId,
            FunctionName = _settings.EdgeFunctionName,
            LogRegions = [.. _cells.Select(cell => (Location(cell), (Input<string>)cell.LogKeyArn))],
            LogRetentionDays = _edge.LogRetentionDays,
        }, _global);
        return new EdgeDistribution("edge", new EdgeDistributionArgs
        {
            NamePrefix = _settings.NamePrefix,
            Names = _names,
            PriceClass = _edge.PriceClass,
            CertificateArn = certificate.ArnByRegion[EdgeNames.Region],
            FirewallArn = firewall.Arn,
            ViewerFunctionArn = viewer.Arn,
            EdgeFunction = function,
            OriginKey = originKey.Sent,
            HasStandby = HasStandby,
            Warm = warm,
            LogBucketArn = logs[EdgeNames.Region].Arn,
            After = [.. ingresses.Select(ingress => ingress.Rules)],
        }, _global);
    }
}
