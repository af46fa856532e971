using AkiDb.Contracts;
using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Observability;
using AkiDb.Infra.Components.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Aws = Pulumi.Aws;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Cost;

/// <summary>Settings of <see cref="ClusterCosts"/>.</summary>
public sealed class ClusterCostsArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>Which tool. Default: OpenCost.</summary>
    public CostTool Tool { get; init; } = CostTool.OpenCost;
}

/// <summary>What a cluster's nodes cost, split by namespace and workload, from the prices that are really paid.</summary>
public sealed class ClusterCosts : ComponentResource
{
    /// <summary>Chart opencost; app 1.120.1 (2026-08).</summary>
    public const string ChartVersion = "2.5.17";

    private const string App = "opencost";

    private readonly string _name;
    private readonly ClusterCostsArgs _args;

    /// <summary>Declares the tool.</summary>
    /// <exception cref="ArgumentException">No tool.</exception>
    public ClusterCosts(string name, ClusterCostsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:cost:ClusterCosts", name, args, options)
    {
        (_name, _args) = (name, args);
        ComponentArgument.OneOf($"ClusterCosts '{name}'", nameof(args.Tool), args.Tool, [CostTool.OpenCost, CostTool.Kubecost, CostTool.Both]);
        if (args.Tool is CostTool.OpenCost or CostTool.Both)
            CreateOpenCost();
        if (args.Tool is CostTool.Kubecost or CostTool.Both)
            CreateKubecost();
        RegisterOutputs();
    }

    private void CreateOpenCost()
    {
        var parts = new WorkloadParts(this, _name, _args.Settings.After, MonitoringNames.Namespace);
        parts.Identity(App, _args.Settings,
        [
            new PolicyStatement
            {
                Sid = "ReadSpotPrices",
                // Without it spot nodes are shown at up to 2.6 times their price (opencost#3725). The action knows no resources.
                Actions = ["ec2:DescribeSpotPriceHistory"],
                Resources = { "*" },
            },
        ]);
        var release = new ReleaseArgs
        {
            Name = App,
            Namespace = MonitoringNames.Namespace,
            Chart = App,
            Version = ChartVersion,
            RepositoryOpts = new RepositoryOptsArgs { Repo = "https://opencost.github.io/opencost-helm-chart" },
            Atomic = true,
        };
        foreach (var (key, value) in Values())
            release.Values.Add(key, value);
        _ = new K8s.Helm.V3.Release($"{_name}-{App}", release, parts.Options);
        ScrapeTargets.InMonitoring($"{_name}-{App}-metrics", App, "http", parts.Options, honorLabels: true);
    }

    private Dictionary<string, object> Values() => new()
    {
        ["serviceAccount"] = Map(("name", App)),
        ["podSecurityContext"] = Map(("runAsNonRoot", true), ("runAsUser", 1001), ("fsGroup", 1001), ("seccompProfile", Map(("type", "RuntimeDefault")))),
        ["opencost"] = Map(
            ("exporter", Map(
                // Tells the clusters apart where their metrics meet.
                ("defaultClusterId", _args.Settings.ClusterName),
                ("securityContext", Map(("allowPrivilegeEscalation", false), ("capabilities", Map(("drop", new[] { "ALL" }))))),
                ("resources", Map(("requests", Map(("cpu", "50m"), ("memory", "256Mi"))), ("limits", Map(("memory", "512Mi"))))))),
            ("prometheus", Map(
                ("internal", Map(("enabled", false))),
                ("external", Map(("enabled", true), ("url", MonitoringNames.PrometheusUrl))))),
            // Grafana has the dashboards; a second interface would want a door of its own.
            ("ui", Map(("enabled", false))),
            ("nodeSelector", Map((OnDemandBaseline.PoolLabel, OnDemandBaseline.PoolName)))),
    };

    private void CreateKubecost() => _ = new Aws.Eks.Addon($"{_name}-kubecost", new Aws.Eks.AddonArgs
    {
        ClusterName = _args.Settings.ClusterName,
        // EKS' own bundle: free of charge up to 250 cores, and no token in a values file (EKS user guide, "Cost monitoring", from memory, 2026-11).
        AddonName = "kubecost_kubecost",
        ResolveConflictsOnCreate = "OVERWRITE",
        ResolveConflictsOnUpdate = "PRESERVE",
    }, new CustomResourceOptions { Parent = this, DependsOn = _args.Settings.After.ToList() });

    private static Dictionary<string, object> Map(params (string Key, object Value)[] entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value);
}
