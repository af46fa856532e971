using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using K8s = Pulumi.Kubernetes;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>Settings of <see cref="GrafanaDashboards"/>.</summary>
public sealed class GrafanaDashboardsArgs : ResourceArgs
{
    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>What must exist first: the namespace.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}

/// <summary>
/// Grafana's pages as ConfigMaps, which its sidecar finds by their label; and a data source for what only AWS sees:
/// CloudWatch, which its pods may read (<see cref="Monitoring"/>).
/// </summary>
public sealed class GrafanaDashboards : ComponentResource
{
    /// <summary>Declares pages and data source.</summary>
    public GrafanaDashboards(string name, GrafanaDashboardsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:GrafanaDashboards", name, args, options)
    {
        var inside = new CustomResourceOptions { Parent = this, DependsOn = args.After.ToList() };
        foreach (var page in DashboardCatalogue.All)
            Declare($"{name}-{page.Uid}", page.Uid, "grafana_dashboard", page.File(), inside);
        Declare($"{name}-cloudwatch", CloudWatchSource.Uid, "grafana_datasource", CloudWatchSource.File(args.Region), inside);
        RegisterOutputs();
    }

    private static void Declare(string name, string map, string label, string content, CustomResourceOptions options)
    {
        var metadata = ObjectMetadata.In(MonitoringNames.Namespace, map);
        metadata.Labels.Add(label, "1");
        _ = new K8s.Core.V1.ConfigMap(name, new ConfigMapArgs { Metadata = metadata, Data = { [$"{map}.json"] = content } }, options);
    }
}
