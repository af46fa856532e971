using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Network;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace AkiDb.Infra.Components.Workloads;

/// <summary>Settings of a <see cref="Router"/>.</summary>
public sealed class RouterArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>How many routers, at least the domains of the capacity spread.</summary>
    public required int Replicas { get; init; }

    /// <summary>Jetson boards that the cluster's network leads to; null for none.</summary>
    public ReachableBoards? Boards { get; init; }
}

/// <summary>Boards at a site, seen from a router.</summary>
/// <param name="Site">Name of the site.</param>
/// <param name="Block">Their network.</param>
/// <param name="Addresses">Their addresses.</param>
public sealed record ReachableBoards(string Site, CidrBlock Block, ImmutableArray<string> Addresses);

/// <summary>
/// The cost-aware router, and the Redis that lets its pods agree on how loaded a backend is. The counters are worth nothing
/// after ten seconds, so Redis keeps nothing; without it each router goes by its own estimate.
/// </summary>
public sealed class Router : ComponentResource
{
    // From the pod's deletion until the load balancer sends it nothing new: the controller notices, deregisters, and the balancer's
    // nodes learn of it. With the drain of RouterConfiguration it fits into the pod's grace.
    private const int PreStopSeconds = 12;

    private const int RedisPort = 6379;

    /// <summary>Declares routers and counters.</summary>
    /// <exception cref="ArgumentException">Fewer replicas than domains.</exception>
    public Router(string name, RouterArgs args, ComponentResourceOptions? options = null)
        : base("akidb:workloads:Router", name, args, options)
    {
        ComponentArgument.InRange($"Router '{name}'", nameof(args.Replicas), args.Replicas, args.Settings.Spread.DomainCount, 100);
        var parts = new WorkloadParts(this, name, args.Settings.After);
        CreateRouters(parts, args);
        if (args.Settings.Images.TryGetValue(ImageNames.Redis, out var redis))
            CreateCounters(parts, redis);
        RegisterOutputs();
    }

    private static void CreateRouters(WorkloadParts parts, RouterArgs args)
    {
        const string app = ServiceNames.Router;
        parts.Account(app);
        // Which pod stands on which kind of node: addresses from EndpointSlices, the kind from the nodes' labels.
        parts.Rights(app, new PolicyRuleArgs { ApiGroups = { "discovery.k8s.io" }, Resources = { "endpointslices" }, Verbs = { "get", "list", "watch" } });
        parts.ClusterRights(app, new PolicyRuleArgs { ApiGroups = { "" }, Resources = { "nodes" }, Verbs = { "list" } });
        parts.Configuration(app, "router.yaml", args.Settings.ClusterName.Apply(cluster =>
            RouterConfiguration.Json(cluster, args.Settings.Region, args.Settings.Spread, args.Boards)));
        parts.Deployment(new ServicePod
        {
            App = app,
            Image = args.Settings.Images[ImageNames.Router],
            Arguments = ["serve", "--config", "/etc/akidb/router.yaml"],
            Cpu = "500m",
            Memory = "512Mi",
            PriorityClass = WorkloadNamespace.Serving,
            TraceEndpoint = args.Settings.TraceEndpoint,
            Spread = args.Settings.Spread,
            CallsKubernetes = true,
            PreStopSeconds = PreStopSeconds,
            Volumes = { new VolumeArgs { Name = "configuration", ConfigMap = new ConfigMapVolumeSourceArgs { Name = app } } },
            Mounts = { new VolumeMountArgs { Name = "configuration", MountPath = "/etc/akidb", ReadOnly = true } },
        }, args.Replicas);
        parts.Service(app);
        parts.DisruptionBudget(app);
        parts.Paths(app, new NetworkPaths
        {
            FromAnywhere = true,
            To =
            [
                (ServiceNames.SearchEngine, ServiceEndpoints.Port),
                (ServiceNames.SearchWriter, ServiceEndpoints.Port),
                (ServiceNames.RouterCounters, RedisPort),
            ],
            ToKubernetes = true,
            ToCollectors = args.Settings.TraceEndpoint is not null,
            ToBlock = args.Boards is { } boards ? (boards.Block.ToString(), ServiceEndpoints.Port) : null,
        });
    }

    private static void CreateCounters(WorkloadParts parts, string image)
    {
        const string app = ServiceNames.RouterCounters;
        parts.Account(app);
        parts.Deployment(new ServicePod
        {
            App = app,
            Image = image,
            Arguments = ["redis-server", "--save", "", "--appendonly", "no", "--maxmemory", "96mb", "--maxmemory-policy", "allkeys-lru", "--dir", "/tmp"],
            Cpu = "100m",
            Memory = "128Mi",
            PriorityClass = WorkloadNamespace.Background,
            Port = RedisPort,
            ProbesByConnection = true,
        }, replicas: 1);
        parts.Service(app, port: RedisPort);
        parts.DisruptionBudget(app);
        parts.Paths(app, new NetworkPaths { Port = RedisPort, From = [ServiceNames.Router] });
    }
}
