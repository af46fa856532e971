using System.Collections.Immutable;
using System.Reflection;

namespace AkiDb.Infra.Components.Observability.Metrics;

/// <summary>Something that Prometheus scrapes, and the metrics of it that rules and dashboards use.</summary>
public sealed record MetricSource
{
    private MetricSource(string name, string readIn, params Type[] names)
    {
        (Name, ReadIn) = (name, readIn);
        Metrics = [.. names.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string)).Select(field => (string)field.GetRawConstantValue()!)];
    }

    /// <summary>All of them; a test finds every expression's metrics in here.</summary>
    public static ImmutableArray<MetricSource> All { get; } =
    [
        new("AkiDB", "runtime/AkiDb.Contracts", typeof(Contracts.HttpMetricNames), typeof(Contracts.RouterMetricNames),
            typeof(Contracts.PredictorMetricNames), typeof(Contracts.AutoscalerMetricNames), typeof(Contracts.AnomalyMetricNames)),
        new("kube-state-metrics", "kubernetes/kube-state-metrics, docs/metrics/{workload,auth,cluster} (2.17, read 2026-11)", typeof(KubeStateMetrics)),
        new("cAdvisor", "google/cadvisor, docs/storage/prometheus.md (read 2026-11)", typeof(ContainerMetrics)),
        new("node exporter", "prometheus/node_exporter, collector/cpu_linux.go (1.9, read 2026-11)", typeof(NodeMetrics)),
        new("Karpenter", "aws/karpenter-provider-aws, website/content/en/v1.14/reference/metrics.md (read 2026-11)", typeof(KarpenterMetrics)),
        new("OpenCost", "opencost/opencost-website, docs/integrations/prometheus.md (read 2026-11)", typeof(OpenCostMetrics)),
        new("External Secrets", "external-secrets/external-secrets v2.9.0, pkg/controllers/externalsecret/esmetrics (read 2026-11)", typeof(ExternalSecretMetrics)),
        new("Alertmanager", "prometheus/alertmanager, notify/notify.go (0.25 to 0.34, read 2026-11)", typeof(AlertmanagerMetrics)),
        new("recording rules", "Observability/Rules/RecordedNames.cs", typeof(Rules.RecordedNames)),
    ];

    /// <summary>Program or exporter.</summary>
    public string Name { get; }

    /// <summary>Where the names stand.</summary>
    public string ReadIn { get; }

    /// <summary>Names without the suffixes <c>_bucket</c>, <c>_sum</c> and <c>_count</c> of histograms.</summary>
    public ImmutableArray<string> Metrics { get; }
}
