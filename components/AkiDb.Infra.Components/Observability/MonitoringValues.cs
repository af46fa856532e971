using AkiDb.Infra.Components.Cluster;
using AkiDb.Infra.Components.Observability.Alerting;
using AkiDb.Infra.Components.Workloads;

namespace AkiDb.Infra.Components.Observability;

/// <summary>The values of chart kube-prometheus-stack.</summary>
internal static class MonitoringValues
{
    public static Dictionary<string, object> Of(MonitoringArgs args)
    {
        var isStandard = args.Profile == MonitoringProfile.Standard;
        var replicas = isStandard ? 2 : 1;
        return new Dictionary<string, object>
        {
            ["crds"] = Map(("enabled", false)),
            // EKS runs these four where nobody can scrape them, or binds them to the node's loopback.
            ["kubeControllerManager"] = Map(("enabled", false)),
            ["kubeScheduler"] = Map(("enabled", false)),
            ["kubeEtcd"] = Map(("enabled", false)),
            ["kubeProxy"] = Map(("enabled", false)),
            ["defaultRules"] = Map(("rules", Map(
                ("etcd", false), ("kubeControllerManager", false), ("kubeProxy", false), ("kubeSchedulerAlerting", false), ("kubeSchedulerRecording", false)))),
            ["prometheusOperator"] = Map(("nodeSelector", Baseline()), ("resources", Resources("100m", "128Mi"))),
            ["prometheus"] = Map(("prometheusSpec", Prometheus(args, replicas))),
            ["alertmanager"] = Map(("alertmanagerSpec", Alertmanager(args, replicas))),
            ["grafana"] = Grafana(),
            ["kube-state-metrics"] = Map(("nodeSelector", Baseline()), ("resources", Resources("50m", "256Mi"))),
            ["prometheus-node-exporter"] = Map(
                ("namespaceOverride", "kube-system"),
                ("priorityClassName", "system-node-critical"),
                ("resources", Resources("50m", "64Mi"))),
        };
    }

    private static Dictionary<string, object> Prometheus(MonitoringArgs args, int replicas)
    {
        var spec = Map(
            ("replicas", replicas),
            ("nodeSelector", Baseline()),
            ("podAntiAffinity", "hard"),
            ("retention", $"{args.RetentionDays}d"),
            // Prometheus deletes the oldest blocks before the volume is full; the rest is for the log of the last hours.
            ("retentionSize", $"{args.StorageGiB * 9 / 10}GiB"),
            ("scrapeInterval", "30s"),
            ("evaluationInterval", "30s"),
            ("resources", replicas > 1 ? Resources("500m", "3Gi") : Resources("200m", "1Gi")),
            ("storageSpec", Claim($"{args.StorageGiB}Gi")),
            ("externalLabels", Map(("cluster", args.ClusterName), ("region", args.Region))),
            // External labels stand on alerts only; this class puts both on every series, so that rules and dashboards can group by them.
            ("scrapeClasses", new[]
            {
                Map(("name", "akidb"), ("default", true), ("relabelings", new[]
                {
                    Map(("targetLabel", "cluster"), ("replacement", args.ClusterName)),
                    Map(("targetLabel", "region"), ("replacement", args.Region)),
                })),
            }));
        // Rules and monitors are found in every namespace, whichever release they come from.
        foreach (var selector in new[] { "rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig" })
            spec[$"{selector}SelectorNilUsesHelmValues"] = false;
        return spec;
    }

    private static Dictionary<string, object> Alertmanager(MonitoringArgs args, int replicas) => Map(
        ("replicas", replicas),
        ("nodeSelector", Baseline()),
        ("podAntiAffinity", "hard"),
        ("useExistingSecret", true),
        ("configSecret", AlertNotifications.ConfigurationSecret),
        // A Secret that is named here and never made keeps the pods from starting.
        ("secrets", args.HasPagingKeys ? new[] { PagingKeys.Name } : []),
        ("resources", Resources("50m", "128Mi")),
        // Silences and what was already sent survive a restart; without them every restart pages anew.
        ("storage", Claim("2Gi")));

    // The administrator's password is made by the chart and stays in the cluster; people come in by port-forward.
    private static Dictionary<string, object> Grafana() => Map(
        ("nodeSelector", Baseline()),
        ("resources", Resources("100m", "256Mi")),
        // It would have to start as root; there is no volume to own.
        ("initChownData", Map(("enabled", false))),
        ("sidecar", Map(
            ("resources", Resources("20m", "96Mi")),
            ("dashboards", Map(("enabled", true), ("label", "grafana_dashboard"), ("labelValue", "1"), ("searchNamespace", MonitoringNetwork.Namespace))),
            ("datasources", Map(("searchNamespace", MonitoringNetwork.Namespace))))),
        ("grafana.ini", Map(
            ("analytics", Map(("reporting_enabled", false), ("check_for_updates", false), ("check_for_plugin_updates", false))),
            ("users", Map(("viewers_can_edit", false), ("allow_sign_up", false))))));

    private static Dictionary<string, object> Claim(string size) => Map(("volumeClaimTemplate", Map(("spec", Map(
        ("storageClassName", WorkloadNamespace.StorageClass),
        ("accessModes", new[] { "ReadWriteOnce" }),
        ("resources", Map(("requests", Map(("storage", size))))))))));

    // Memory is limited, CPU is not: a limit throttles a pod while its node idles.
    private static Dictionary<string, object> Resources(string cpu, string memory) =>
        Map(("requests", Map(("cpu", cpu), ("memory", memory))), ("limits", Map(("memory", memory))));

    private static Dictionary<string, object> Baseline() => Map((OnDemandBaseline.PoolLabel, OnDemandBaseline.PoolName));

    private static Dictionary<string, object> Map(params (string Key, object Value)[] entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value);
}
