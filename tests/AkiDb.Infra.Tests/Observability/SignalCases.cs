namespace AkiDb.Infra.Tests.Observability;

/// <summary>Golden signals, capacity, prediction, edge and monitoring: for each alert what sets it off and what must not.</summary>
internal static class SignalCases
{
    private const string Router = "job=\"akidb-router\"";
    private const string Virginia = Router + ",region=\"us-east-1\"";
    private const string Site = Router + ",region=\"site-berlin\"";
    private const string Deployment = "namespace=\"akidb\",deployment=\"akidb-router\"";

    public static IEnumerable<RuleCase> All => [.. Traffic, .. Capacity, .. Spot, .. Prediction, .. Monitoring];

    private static IEnumerable<RuleCase> Traffic =>
    [
        Fires("RegionDown", "no backend has a healthy address", 5, "region=us-east-1",
            ($"akidb_router_backend_healthy_addresses{{{Virginia},backend=\"spot\"}}", Is(0)), ($"akidb_router_backend_healthy_addresses{{{Virginia},backend=\"on-demand\"}}", Is(0))),
        Fires("RegionDown", "no router is available", 5, "", ($"kube_deployment_status_replicas_available{{{Deployment}}}", Is(0)), ($"kube_deployment_spec_replicas{{{Deployment}}}", Is(3))),
        Quiet("RegionDown", "one backend is left", 5,
            ($"akidb_router_backend_healthy_addresses{{{Virginia},backend=\"spot\"}}", Is(0)), ($"akidb_router_backend_healthy_addresses{{{Virginia},backend=\"on-demand\"}}", Is(1))),
        Quiet("RegionDown", "scaled to zero for the night", 5, ($"kube_deployment_status_replicas_available{{{Deployment}}}", Is(0)), ($"kube_deployment_spec_replicas{{{Deployment}}}", Is(0))),
        Quiet("RegionDown", "back after half a minute", 5, ($"akidb_router_backend_healthy_addresses{{{Virginia},backend=\"spot\"}}", "3 3 0 3 3 3 3")),

        // Latency by geography: one region or site is slow, its neighbour is not.
        Fires("LatencyHigh", "a site answers in 60 ms, the region in 10 ms", 15, "region=site-berlin", [.. Latency(Virginia, 0.01), .. Latency(Site, 0.06)]),
        Quiet("LatencyHigh", "40 ms is above the target, not above the limit", 15, [.. Latency(Virginia, 0.04)]),
        Quiet("LatencyHigh", "slow for two minutes only", 15, [.. LatencyBlip(Virginia)]),
        Quiet("LatencyHigh", "no traffic", 15, [.. Latency(Virginia, 0.06, rps: 0)]),

        Fires("TrafficDropped", "from 100 to 40 requests a second", 94, "region=us-east-1", Wanted(3), Requests(Virginia, "0+6000x89 536400+2400x30")),
        Fires("TrafficDropped", "the series vanish", 97, "region=us-east-1", Wanted(3), Requests(Virginia, "0+6000x89 _x30")),
        Quiet("TrafficDropped", "from 100 to 60", 94, Wanted(3), Requests(Virginia, "0+6000x89 537600+3600x30")),
        Quiet("TrafficDropped", "scaled to zero for the night", 97, Wanted(0), Requests(Virginia, "0+6000x89 _x30")),
        Quiet("TrafficDropped", "half of next to nothing", 94, Wanted(3), Requests(Virginia, "0+30x89 2670+6x30")),

        Fires("ErrorRateHigh", "2 % of requests fail", 8, "region=us-east-1", Status("200", 98), Status("503", 2)),
        Quiet("ErrorRateHigh", "0.5 % fail", 8, Status("200", 99.5), Status("503", 0.5)),
        Quiet("ErrorRateHigh", "a client sends nonsense", 8, Status("200", 50), Status("400", 50)),
        Quiet("ErrorRateHigh", "no traffic", 8, Status("200", 0), Status("503", 0)),

        Fires("LatencyAnomalySevere", "1.6 times the upper edge", 10, "region=us-east-1", Observed(0.064), Upper(0.04)),
        Quiet("LatencyAnomalySevere", "1.4 times", 10, Observed(0.056), Upper(0.04)),
        Fires("LatencyAnomaly", "above the upper edge", 15, "region=us-east-1", Observed(0.041), Upper(0.04)),
        Quiet("LatencyAnomaly", "below it", 15, Observed(0.039), Upper(0.04)),
        Quiet("LatencyAnomaly", "one sample above it", 15, ("akidb_anomaly_latency_observed_seconds{region=\"us-east-1\"}", "0.03x5 0.05x4 0.03x20"), Upper(0.04)),

        Fires("RouterMetricsAbsent", "three routers wanted, none scraped", 10, "job=akidb-router", Wanted(3)),
        Quiet("RouterMetricsAbsent", "scraped", 10, Wanted(3), ($"http_requests_in_flight{{{Virginia}}}", Is(0))),
        Quiet("RouterMetricsAbsent", "none wanted", 10, Wanted(0)),
    ];

    private static IEnumerable<RuleCase> Capacity =>
    [
        Fires("BackendSaturated", "340 of 350 requests a second", 8, "region=us-east-1 backend=spot", Load(340), Limit(350)),
        Quiet("BackendSaturated", "300 of 350", 8, Load(300), Limit(350)),
        Quiet("BackendSaturated", "a backend without a limit", 8, Load(10_000)),
        Quiet("BackendSaturated", "full for two minutes", 8, ($"akidb_router_backend_load_rps{{{Virginia},backend=\"spot\"}}", "300x3 349x1 300x20"), Limit(350)),

        Fires("BackendEmpty", "spot is gone", 5, "region=us-east-1 backend=spot", Healthy("spot", 0), Healthy("on-demand", 2)),
        Quiet("BackendEmpty", "one address left", 5, Healthy("spot", 1)),

        Fires("NodeCpuSaturated", "2 % idle", 10, "instance=10.16.1.4:9100", ("node_cpu_seconds_total{mode=\"idle\",cpu=\"0\",instance=\"10.16.1.4:9100\"}", "0+1.2x30")),
        Quiet("NodeCpuSaturated", "20 % idle", 10, ("node_cpu_seconds_total{mode=\"idle\",cpu=\"0\",instance=\"10.16.1.4:9100\"}", "0+12x30")),

        Fires("NodeMemorySaturated", "4 % available", 10, "instance=10.16.1.4:9100", Memory("MemAvailable", 0.4e9), Memory("MemTotal", 10e9)),
        Quiet("NodeMemorySaturated", "10 % available", 10, Memory("MemAvailable", 1e9), Memory("MemTotal", 10e9)),

        Fires("MemorySaturated", "490 of 512 MiB", 10, "namespace=akidb pod=akidb-rest-1 container=akidb-rest", WorkingSet(490), MemoryLimit(512)),
        Quiet("MemorySaturated", "400 of 512 MiB", 10, WorkingSet(400), MemoryLimit(512)),
        Quiet("MemorySaturated", "no limit, so nothing to be near to", 10, WorkingSet(490)),

        Fires("ContainerOomKilled", "killed a minute ago", 10, "namespace=akidb pod=akidb-rest-1 container=akidb-rest", Container("kube_pod_container_status_restarts_total", "0x8 1x10"), LastEnd("OOMKilled")),
        Quiet("ContainerOomKilled", "killed an hour ago: the reason stays, the restart is old", 80, Container("kube_pod_container_status_restarts_total", "0x8 1x80"), LastEnd("OOMKilled")),
        Quiet("ContainerOomKilled", "restarted by a roll-out", 10, Container("kube_pod_container_status_restarts_total", "0x8 1x10"), LastEnd("Completed")),

        Fires("CpuThrottled", "in four slices of ten", 30, "namespace=akidb pod=akidb-rest-1 container=akidb-rest",
            Container("container_cpu_cfs_periods_total", "0+600x40"), Container("container_cpu_cfs_throttled_periods_total", "0+240x40")),
        Quiet("CpuThrottled", "in one of ten", 30, Container("container_cpu_cfs_periods_total", "0+600x40"), Container("container_cpu_cfs_throttled_periods_total", "0+60x40")),

        Fires("PodsPending", "a pod waits a quarter of an hour", 16, "namespace=akidb", ("kube_pod_status_phase{namespace=\"akidb\",pod=\"akidb-rest-9\",phase=\"Pending\"}", Is(1))),
        Quiet("PodsPending", "a node takes three minutes", 16, ("kube_pod_status_phase{namespace=\"akidb\",pod=\"akidb-rest-9\",phase=\"Pending\"}", "1x3 0x30")),

        Fires("NodePoolNearLimit", "190 of 200 vCPUs", 8, "nodepool=akidb-spot resource_type=cpu", Pool("usage", 190), Pool("limit", 200)),
        Quiet("NodePoolNearLimit", "100 of 200", 8, Pool("usage", 100), Pool("limit", 200)),

        Fires("SharedLoadStale", "one router of two has lost Redis", 12, "region=us-east-1", Fresh("a", 1), Fresh("b", 0)),
        Quiet("SharedLoadStale", "both fresh", 12, Fresh("a", 1), Fresh("b", 1)),
    ];

    private static IEnumerable<RuleCase> Spot =>
    [
        Fires("SpotInterruptionCascade", "three at once: the incident of 22 November", 12, "", Notices("SpotInterruptionKind", "0x8 3x30")),
        Quiet("SpotInterruptionCascade", "one", 12, Notices("SpotInterruptionKind", "0x8 1x30")),
        Quiet("SpotInterruptionCascade", "three over the day", 400, Notices("SpotInterruptionKind", "0x100 1x100 2x100 3x200")),
        Quiet("SpotInterruptionCascade", "rebalance recommendations take nothing away", 12, Notices("RebalanceRecommendationKind", "0x8 9x30")),
        Fires("SpotInterruptionRateHigh", "two of ten nodes within the hour", 70, "", [Notices("SpotInterruptionKind", "0x40 2x60"), .. SpotNodes(10)]),
        Quiet("SpotInterruptionRateHigh", "one of twenty", 70, [Notices("SpotInterruptionKind", "0x40 1x60"), .. SpotNodes(20)]),
        Quiet("SpotInterruptionRateHigh", "no spot nodes", 70, Notices("SpotInterruptionKind", "0x40 2x60")),
    ];

    private static IEnumerable<RuleCase> Prediction =>
    [
        Fires("ForecastErrorHigh", "off by 20 %", 45, "region=us-east-1", ("akidb_predictor_error_ratio{region=\"us-east-1\"}", Is(0.2))),
        Quiet("ForecastErrorHigh", "off by 12 %", 45, ("akidb_predictor_error_ratio{region=\"us-east-1\"}", Is(0.12))),
        Fires("ForecastFalsePositive", "20 replicas where 6 do: the incident of 20 November", 20, "region=us-east-1", Autoscaler("wanted_replicas", Is(20)), Autoscaler("needed_replicas", Is(6)), Autoscaler("enabled", Is(1))),
        Quiet("ForecastFalsePositive", "the peak came after ten minutes", 20, Autoscaler("wanted_replicas", Is(20)), Autoscaler("needed_replicas", "6x10 18x30"), Autoscaler("enabled", Is(1))),
        Quiet("ForecastFalsePositive", "switched off, so nothing follows the forecast", 20, Autoscaler("wanted_replicas", Is(20)), Autoscaler("needed_replicas", Is(6)), Autoscaler("enabled", Is(0))),
        Fires("AutoscalerOff", "off since the morning", 370, "region=us-east-1", Autoscaler("enabled", "0x400")),
        Quiet("AutoscalerOff", "off for an hour", 370, Autoscaler("enabled", "1x200 0x60 1x200")),
    ];

    private static IEnumerable<RuleCase> Monitoring =>
    [
        Fires("PagesNotDelivered", "PagerDuty refuses", 10, "", ("alertmanager_notifications_failed_total{integration=\"pagerduty\"}", "0+1x20")),
        Fires("PagesNotDelivered", "no right to ask for runbooks", 10, "", ("alertmanager_notifications_failed_total{integration=\"sns\"}", "0+1x20")),
        Quiet("PagesNotDelivered", "delivered", 10, ("alertmanager_notifications_failed_total{integration=\"pagerduty\"}", Is(4))),
        Fires("PagingKeysNotCopied", "no right to read the secret", 20, "name=akidb-pagerduty namespace=monitoring condition=Ready status=False", Condition("False", 1)),
        Quiet("PagingKeysNotCopied", "copied", 20, Condition("False", 0), Condition("True", 1)),
        Fires("RouterConfigRefused", "a wrong file was rolled out", 10, "region=us-east-1", ($"akidb_router_config_changes_total{{{Virginia},result=\"refused\"}}", "0x5 1x20")),
        Quiet("RouterConfigRefused", "applied", 10, ($"akidb_router_config_changes_total{{{Virginia},result=\"applied\"}}", "0x5 1x20")),
    ];

    private static RuleCase Fires(string alert, string scenario, double minute, string labels, params (string, string)[] input) =>
        new(alert, scenario, TimeSpan.FromMinutes(minute)) { Input = [.. input], Firing = [labels] };

    private static RuleCase Quiet(string alert, string scenario, double minute, params (string, string)[] input) =>
        new(alert, scenario, TimeSpan.FromMinutes(minute)) { Input = [.. input] };

    private static string Is(double value) => RuleCase.Gauge(value, 120);

    // All requests fall into the bucket whose upper bound is the latency.
    private static IEnumerable<(string, string)> Latency(string place, double seconds, double rps = 100) =>
        new[] { "0.01", "0.04", "0.06", "+Inf" }.Select(bound => ($"http_request_duration_seconds_bucket{{{place},status=\"200\",le=\"{bound}\"}}",
            RuleCase.Counter(bound == "+Inf" || double.Parse(bound, System.Globalization.CultureInfo.InvariantCulture) >= seconds ? rps : 0, 60)));

    private static IEnumerable<(string, string)> LatencyBlip(string place) =>
    [
        ($"http_request_duration_seconds_bucket{{{place},status=\"200\",le=\"0.04\"}}", "0+6000x9 54000+5600x1 65200+6000x30"),
        ($"http_request_duration_seconds_bucket{{{place},status=\"200\",le=\"0.06\"}}", "0+6000x60"),
        ($"http_request_duration_seconds_bucket{{{place},status=\"200\",le=\"+Inf\"}}", "0+6000x60"),
    ];

    private static (string, string) Requests(string place, string values) => ($"http_requests_total{{{place},route=\"embed\",status=\"200\"}}", values);

    private static (string, string) Status(string status, double rps) => ($"http_requests_total{{{Virginia},route=\"embed\",status=\"{status}\"}}", RuleCase.Counter(rps, 30));

    private static (string, string) Wanted(double replicas) => ($"kube_deployment_spec_replicas{{{Deployment}}}", Is(replicas));

    private static (string, string) Observed(double seconds) => ("akidb_anomaly_latency_observed_seconds{region=\"us-east-1\"}", Is(seconds));

    private static (string, string) Upper(double seconds) => ("akidb_anomaly_latency_upper_seconds{region=\"us-east-1\"}", Is(seconds));

    private static (string, string) Load(double rps) => ($"akidb_router_backend_load_rps{{{Virginia},backend=\"spot\"}}", Is(rps));

    private static (string, string) Limit(double rps) => ($"akidb_router_backend_capacity_rps{{{Virginia},backend=\"spot\"}}", Is(rps));

    private static (string, string) Healthy(string backend, double addresses) => ($"akidb_router_backend_healthy_addresses{{{Virginia},backend=\"{backend}\"}}", Is(addresses));

    private static (string, string) Memory(string what, double bytes) => ($"node_memory_{what}_bytes{{instance=\"10.16.1.4:9100\"}}", Is(bytes));

    private static (string, string) Container(string metric, string values) => ($"{metric}{{namespace=\"akidb\",pod=\"akidb-rest-1\",container=\"akidb-rest\"}}", values);

    private static (string, string) WorkingSet(double mebibytes) => Container("container_memory_working_set_bytes", Is(mebibytes * 1024 * 1024));

    private static (string, string) MemoryLimit(double mebibytes) =>
        ("kube_pod_container_resource_limits{namespace=\"akidb\",pod=\"akidb-rest-1\",container=\"akidb-rest\",resource=\"memory\",unit=\"byte\"}", Is(mebibytes * 1024 * 1024));

    private static (string, string) LastEnd(string reason) =>
        ($"kube_pod_container_status_last_terminated_reason{{namespace=\"akidb\",pod=\"akidb-rest-1\",container=\"akidb-rest\",reason=\"{reason}\"}}", Is(1));

    private static (string, string) Pool(string what, double vcpus) => ($"karpenter_nodepools_{what}{{nodepool=\"akidb-spot\",resource_type=\"cpu\"}}", Is(vcpus));

    private static (string, string) Fresh(string pod, double value) => ($"akidb_router_shared_load_fresh{{{Virginia},pod=\"{pod}\"}}", Is(value));

    private static (string, string) Notices(string kind, string values) => ($"karpenter_interruption_received_messages_total{{message_type=\"{kind}\"}}", values);

    private static IEnumerable<(string, string)> SpotNodes(int count) => Enumerable.Range(0, count).Select(index =>
        ($"karpenter_nodes_allocatable{{node_name=\"n{index}\",capacity_type=\"spot\",resource_type=\"cpu\"}}", Is(4)));

    private static (string, string) Autoscaler(string what, string values) => ($"akidb_autoscaler_{what}{{region=\"us-east-1\"}}", values);

    private static (string, string) Condition(string status, double value) =>
        ($"externalsecret_status_condition{{name=\"akidb-pagerduty\",namespace=\"monitoring\",condition=\"Ready\",status=\"{status}\"}}", Is(value));
}
