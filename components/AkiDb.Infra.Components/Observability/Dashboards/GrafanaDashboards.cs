using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Identity;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>Settings of <see cref="GrafanaDashboards"/>.</summary>
public sealed class GrafanaDashboardsArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster's name, once it exists.</summary>
    [Input("clusterName", required: true)]
    public required Input<string> ClusterName { get; init; }

    /// <summary>ARN of the cluster.</summary>
    [Input("clusterArn", required: true)]
    public required Input<string> ClusterArn { get; init; }

    /// <summary>What must exist first: the namespace.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}

/// <summary>
/// Grafana's pages as ConfigMaps, which its sidecar finds by their label; and its way to CloudWatch, for what only AWS sees: a data
/// source and a role that reads metrics.
/// </summary>
public sealed class GrafanaDashboards : ComponentResource
{
    // Account of Grafana's pods in kube-prometheus-stack: the release's name and the sub-chart's.
    private const string Account = $"{Monitoring.ReleaseName}-grafana";

    /// <summary>Declares pages, data source and role.</summary>
    public GrafanaDashboards(string name, GrafanaDashboardsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:GrafanaDashboards", name, args, options)
    {
        var inside = new CustomResourceOptions { Parent = this, DependsOn = args.After.ToList() };
        foreach (var page in DashboardCatalogue.All)
            Declare($"{name}-{page.Uid}", page.Uid, "grafana_dashboard", page.File(), inside);
        Declare($"{name}-cloudwatch", CloudWatchSource.Uid, "grafana_datasource", CloudWatchSource.File(args.Region), inside);
        CreateIdentity(name, args);
        RegisterOutputs();
    }

    private static void Declare(string name, string map, string label, string content, CustomResourceOptions options)
    {
        var metadata = ObjectMetadata.In(MonitoringNames.Namespace, map);
        metadata.Labels.Add(label, "1");
        _ = new K8s.Core.V1.ConfigMap(name, new ConfigMapArgs { Metadata = metadata, Data = { [$"{map}.json"] = content } }, options);
    }

    private void CreateIdentity(string name, GrafanaDashboardsArgs args)
    {
        var role = new PodIdentityRole($"{name}-reader", new PodIdentityRoleArgs
        {
            AccountId = args.AccountId,
            ClusterArn = args.ClusterArn,
            Policies = ImmutableDictionary<string, ImmutableArray<PolicyStatement>>.Empty.Add("read",
            [
                // CloudWatch's metrics have no ARNs: the service authorization reference allows no narrower resource (read 2026-11).
                new PolicyStatement { Sid = "ReadMetrics", Actions = ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"], Resources = { "*" } },
            ]),
        }, new ComponentResourceOptions { Parent = this });
        _ = role.LetTake($"{name}-reader", args.ClusterName, MonitoringNames.Namespace, Account, new CustomResourceOptions { Parent = this });
    }
}
