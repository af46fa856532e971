using AkiDb.Contracts;
using AkiDb.Infra.Components.Kubernetes;
using Pulumi;

namespace AkiDb.Infra.Components.Observability;

/// <summary>What Prometheus scrapes beyond what its chart knows of. Pods, not Services: the autoscaler has none, and each pod
/// counts once however many Services it stands behind.</summary>
internal static class ScrapeTargets
{
    /// <summary>Declares the monitors.</summary>
    public static void Create(string name, CustomResourceOptions options)
    {
        // One for all of AkiDB's services: router, search engine, predictor, autoscaler and whatever comes. Their own labels
        // 'region' and 'cluster' win: an edge site's metrics keep its name.
        Declare($"{name}-services", "akidb-services", ServiceNames.Namespace, new Dictionary<string, object>
        {
            ["matchLabels"] = new Dictionary<string, object> { ["app.kubernetes.io/part-of"] = "akidb" },
            // Redis' port is called "http" as every service's is, and speaks another language.
            ["matchExpressions"] = new[]
            {
                new Dictionary<string, object> { ["key"] = ObjectMetadata.App, ["operator"] = "NotIn", ["values"] = new[] { ServiceNames.RouterCounters } },
            },
        }, "http", honorLabels: true, options);
        Declare($"{name}-karpenter", "karpenter", "kube-system", App("karpenter"), "http-metrics", honorLabels: false, options);
    }

    /// <summary>Declares one more monitor, of pods of namespace <c>monitoring</c> by their app label.</summary>
    public static void InMonitoring(string name, string app, string port, CustomResourceOptions options, bool honorLabels = false) =>
        Declare(name, app, MonitoringNames.Namespace, App(app), port, honorLabels, options);

    private static Dictionary<string, object> App(string app) =>
        new() { ["matchLabels"] = new Dictionary<string, object> { [ObjectMetadata.App] = app } };

    private static void Declare(
        string name, string monitor, string space, Dictionary<string, object> selector, string port, bool honorLabels, CustomResourceOptions options) =>
        _ = new CustomObject(name, new CustomObjectArgs("monitoring.coreos.com/v1", "PodMonitor")
        {
            Metadata = ObjectMetadata.In(MonitoringNames.Namespace, monitor),
            Spec = new Dictionary<string, object>
            {
                ["jobLabel"] = ObjectMetadata.App,
                ["namespaceSelector"] = new Dictionary<string, object> { ["matchNames"] = new[] { space } },
                ["selector"] = selector,
                ["podMetricsEndpoints"] = new[]
                {
                    new Dictionary<string, object> { ["port"] = port, ["path"] = ServiceEndpoints.Metrics, ["honorLabels"] = honorLabels },
                },
            },
        }, options);
}
