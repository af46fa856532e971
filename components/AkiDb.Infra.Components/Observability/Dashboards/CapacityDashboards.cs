using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Metrics;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>What requests run on and what it costs: nodes, forecasts, the edge, money.</summary>
internal static class CapacityDashboards
{
    private const string Region = MetricLabels.Region;

    // CloudFront's metrics are in this region, wherever the distribution serves (CloudFront developer guide, "Monitoring", read 2026-11).
    private const string CloudFrontRegion = "us-east-1";

    public static Dashboard Cost { get; } = new()
    {
        Uid = "akidb-cost",
        Title = "AkiDB: cost",
        Description = "What runs now costs this much an hour. The bill is AWS'; forecasts of it are `akidb cost`'s.",
        Since = "now-2d",
        Rows =
        [
            new("Now",
            [
                new Panel { Title = "Nodes, a day at this rate", Kind = PanelKind.Stat, Unit = "currencyUSD", Width = 6, Height = 5, Thresholds = [new(70, "yellow"), new(100, "red")], Queries = [new PrometheusQuery($"sum({OpenCostMetrics.NodeTotal}) * 24", "")], Description = "This cluster's nodes. The budget of $100 a day is for everything." },
                new Panel { Title = "A million requests, nodes only", Kind = PanelKind.Stat, Unit = "currencyUSD", Width = 6, Height = 5, Queries = [new PrometheusQuery($"sum({OpenCostMetrics.NodeTotal}) / (sum({RecordedNames.Requests}) * 3600 > 0) * 1e6", "")] },
                new Panel { Title = "Share of spot in the nodes' cost", Kind = PanelKind.Stat, Unit = "percentunit", Width = 6, Height = 5, Queries = [new PrometheusQuery($"sum({OpenCostMetrics.NodeTotal} * on (node) max by (node) ({OpenCostMetrics.NodeIsSpot})) / sum({OpenCostMetrics.NodeTotal})", "")] },
                new Panel { Title = "Saved by routing", Kind = PanelKind.Stat, Unit = "percentunit", Width = 6, Height = 5, Queries = [new PrometheusQuery($"1 - sum({RouterSeries.Of(RouterMetricNames.Cost).Rate("1h")}) / (sum({RouterSeries.Of(RouterMetricNames.CostOnDemand).Rate("1h")}) > 0)", "")], Description = "Against the same requests on the dearest backend, at the configured prices." },
            ]),
            new("By what",
            [
                new Panel { Title = "Nodes by type, an hour", Unit = "currencyUSD", Min = 0, Queries = [new PrometheusQuery(PromQl.Sum(OpenCostMetrics.NodeTotal, "instance_type"), "{{instance_type}}")] },
                new Panel { Title = "Pods by namespace, an hour", Unit = "currencyUSD", Min = 0, Queries = [new PrometheusQuery(PodCost, "{{namespace}}")], Description = "What containers ask for or use, at the price of their nodes." },
                new Panel { Title = "Control plane and load balancers, an hour", Unit = "currencyUSD", Min = 0, Queries = [new PrometheusQuery($"sum({OpenCostMetrics.ControlPlane})", "control plane"), new PrometheusQuery($"sum({OpenCostMetrics.LoadBalancer})", "load balancers")] },
            ]),
            new("Requests",
            [
                new Panel { Title = "Spent by backend, an hour", Unit = "currencyUSD", Width = 12, Min = 0, Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.Of(RouterMetricNames.Cost).Increase("1h"), MetricLabels.Backend), "{{backend}}")] },
                new Panel { Title = "Spent, and what the dearest backend would have cost", Unit = "currencyUSD", Width = 12, Min = 0, Queries = [new PrometheusQuery($"sum({RouterSeries.Of(RouterMetricNames.Cost).Increase("1h")})", "spent"), new PrometheusQuery($"sum({RouterSeries.Of(RouterMetricNames.CostOnDemand).Increase("1h")})", "dearest backend")] },
            ]),
        ],
    };

    public static Dashboard Edge { get; } = new()
    {
        Uid = "akidb-edge",
        Title = "AkiDB: edge",
        Description = "What CloudFront answers, what the edge embeds, and how far away the slow clients are.",
        Rows =
        [
            new("CloudFront",
            [
                new Panel { Title = "Requests a minute", Unit = "short", Queries = [CloudFront("Requests", "Sum")] },
                new Panel { Title = "Errors", Unit = "percent", Min = 0, Thresholds = [new(0.05, "yellow"), new(1, "red")], Queries = [CloudFront("5xxErrorRate", "Average"), CloudFront("4xxErrorRate", "Average")] },
                new Panel { Title = "Bytes to clients, a minute", Unit = "bytes", Queries = [CloudFront("BytesDownloaded", "Sum")] },
            ]),
            new("Embedding at the edge",
            [
                .. new[] { "us-east-1", "eu-central-1", "ap-northeast-1" }.Select(region => new Panel
                {
                    Title = $"Latency of origins, {region}", Unit = "ms", Thresholds = [new(100, "red")],
                    Queries = [EdgeMetric(region, EdgeMetricNames.InferenceLatency, "p50"), EdgeMetric(region, EdgeMetricNames.InferenceLatency, "p95")],
                    Description = "As the edge function measures it; the alarm comes above 100 ms at P95 for three minutes.",
                }),
                .. new[] { "us-east-1", "eu-central-1", "ap-northeast-1" }.Select(region => new Panel
                {
                    Title = $"Requests and errors a minute, {region}", Unit = "short",
                    Queries = [EdgeMetric(region, EdgeMetricNames.RequestCount, "Sum"), EdgeMetric(region, EdgeMetricNames.ErrorCount, "Sum")],
                }),
            ]),
            new("Seen from the router",
            [
                new Panel { Title = "P95 by region and edge site", Unit = "s", Thresholds = [new(0.03, "yellow"), new(0.05, "red")], Queries = [new PrometheusQuery(RecordedNames.LatencyP95, "{{region}}")] },
                new Panel { Title = "Requests by region and edge site", Unit = "reqps", Queries = [new PrometheusQuery(RecordedNames.Requests, "{{region}}")] },
            ]),
        ],
    };

    public static Dashboard Predictor { get; } = new()
    {
        Uid = "akidb-predictor",
        Title = "AkiDB: predictor",
        Description = "What was foreseen, what came, and what the autoscaler made of it.",
        Rows =
        [
            new("Now",
            [
                new Panel { Title = "Error of forecasts, last day", Kind = PanelKind.Stat, Unit = "percentunit", Width = 8, Height = 5, Thresholds = [new(0.1, "yellow"), new(0.15, "red")], Queries = [new PrometheusQuery(PromQl.Max(PredictorMetricNames.ErrorRatio, Region), "{{region}}")] },
                new Panel { Title = "Confidence", Kind = PanelKind.Stat, Unit = "percentunit", Width = 8, Height = 5, Thresholds = [new(0.85, "green")], Queries = [new PrometheusQuery($"min by ({Region}) ({PredictorMetricNames.ConfidenceRatio})", "{{region}}")], Description = "Below 85 % the autoscaler does not act." },
                new Panel { Title = "Autoscaler on", Kind = PanelKind.Stat, Unit = "bool_on_off", Width = 8, Height = 5, Thresholds = [new(1, "green")], Queries = [new PrometheusQuery(PromQl.Max(AutoscalerMetricNames.Enabled, Region), "{{region}}")] },
            ]),
            new("Forecast",
            [
                new Panel
                {
                    Title = "Load: forecast and measured", Unit = "reqps", Width = 24, Height = 10,
                    Queries =
                    [
                        new PrometheusQuery(PromQl.Max(PredictorMetricNames.Observed, Region), "{{region}} measured"),
                        new PrometheusQuery(PromQl.Max(PredictorMetricNames.Forecast, Region, MetricLabels.Horizon), "{{region}} in {{horizon}} min"),
                        new PrometheusQuery(PromQl.Max(PredictorMetricNames.ForecastUpper, Region, MetricLabels.Horizon), "{{region}} in {{horizon}} min, upper edge"),
                    ],
                },
            ]),
            new("Replicas",
            [
                new Panel
                {
                    Title = "Wanted, needed, available", Unit = "short", Width = 16, Min = 0,
                    Queries =
                    [
                        new PrometheusQuery(PromQl.Max(AutoscalerMetricNames.WantedReplicas, Region), "{{region}} wanted by the forecast"),
                        new PrometheusQuery(PromQl.Max(AutoscalerMetricNames.NeededReplicas, Region), "{{region}} needed by the load"),
                        new PrometheusQuery(PromQl.Max(new Series(KubeStateMetrics.DeploymentAvailable).Where("namespace", ServiceNames.Namespace).Where("deployment", ServiceNames.SearchEngine), "deployment"), "available"),
                    ],
                },
                new Panel { Title = "Changes an hour", Unit = "short", Width = 8, Min = 0, Queries = [new PrometheusQuery(PromQl.Sum(new Series(AutoscalerMetricNames.Actions).Increase("1h"), Region, MetricLabels.Direction), "{{region}} {{direction}}")] },
            ]),
        ],
    };

    public static Dashboard Karpenter { get; } = new()
    {
        Uid = "akidb-karpenter",
        Title = "AkiDB: Karpenter",
        Description = "Nodes: how many, which, how full, and why they come and go.",
        Rows =
        [
            new("Nodes",
            [
                new Panel { Title = "By capacity type", Unit = "short", Min = 0, Queries = [new PrometheusQuery($"count by (capacity_type) ({Nodes})", "{{capacity_type}}")], Description = "Without a type: the managed node group." },
                new Panel { Title = "By instance type", Unit = "short", Min = 0, Queries = [new PrometheusQuery($"count by (instance_type) ({Nodes})", "{{instance_type}}")] },
                new Panel { Title = "How full", Unit = "percent", Min = 0, Max = 100, Queries = [new PrometheusQuery(PromQl.Max(new Series(KarpenterMetrics.ClusterUtilization).Like("resource_type", "cpu|memory"), "resource_type"), "{{resource_type}}")], Description = "What pods ask for, of what nodes offer." },
                new Panel { Title = "Fullness by node, CPU", Kind = PanelKind.BarGauge, Unit = "percentunit", Width = 12, Min = 0, Max = 1, Queries = [new PrometheusQuery(PromQl.Share(PromQl.Sum(new Series(KarpenterMetrics.NodePodRequests).Where("resource_type", "cpu"), "node_name"), PromQl.Sum(Nodes, "node_name")), "{{node_name}}")] },
                new Panel { Title = "Of a pool's limit", Unit = "percentunit", Width = 12, Min = 0, Thresholds = [new(0.9, "red")], Queries = [new PrometheusQuery(PromQl.Share(PromQl.Max(new Series(KarpenterMetrics.PoolUsage).Like("resource_type", "cpu|memory"), "nodepool", "resource_type"), PromQl.Max(new Series(KarpenterMetrics.PoolLimit).Like("resource_type", "cpu|memory"), "nodepool", "resource_type")), "{{nodepool}} {{resource_type}}")] },
            ]),
            new("Coming and going",
            [
                new Panel { Title = "Nodes started and ended, an hour", Unit = "short", Min = 0, Queries = [new PrometheusQuery(PromQl.Sum(new Series(KarpenterMetrics.NodesCreated).Increase("1h"), "nodepool"), "{{nodepool}} started"), new PrometheusQuery(PromQl.Sum(new Series(KarpenterMetrics.NodesTerminated).Increase("1h"), "nodepool"), "{{nodepool}} ended")] },
                new Panel { Title = "Notices from AWS, an hour", Unit = "short", Min = 0, Queries = [new PrometheusQuery(PromQl.Sum(new Series(KarpenterMetrics.InterruptionMessages).Increase("1h"), "message_type"), "{{message_type}}")], Description = "Three spot interruptions within ten minutes are a cascade." },
                new Panel { Title = "Why nodes were ended, an hour", Unit = "short", Min = 0, Queries = [new PrometheusQuery(PromQl.Sum(new Series(KarpenterMetrics.ClaimsDisrupted).Increase("1h"), "reason"), "{{reason}}")] },
            ]),
            new("Pods",
            [
                new Panel { Title = "From created to running, P95", Unit = "s", Width = 12, Queries = [new PrometheusQuery(PromQl.Quantile(0.95, new Series(KarpenterMetrics.PodStartup), "30m"), "P95")] },
                new Panel { Title = "Waiting", Unit = "short", Width = 12, Min = 0, Queries = [new PrometheusQuery($"sum({KarpenterMetrics.QueueDepth})", "in Karpenter's queue"), new PrometheusQuery(PromQl.Sum(new Series(KubeStateMetrics.PodPhase).Where("namespace", ServiceNames.Namespace).Where("phase", "Pending"), "namespace"), "pending in {{namespace}}")] },
            ]),
        ],
    };

    // Every node offers CPU, so this has one series a node.
    private static Series Nodes => new Series(KarpenterMetrics.NodeAllocatable).Where("resource_type", "cpu");

    private static string PodCost =>
        $"sum by (namespace) ({OpenCostMetrics.ContainerCpu} * on (node) group_left () max by (node) ({OpenCostMetrics.NodeCpu}))"
        + $" + sum by (namespace) ({OpenCostMetrics.ContainerMemory} / 1073741824 * on (node) group_left () max by (node) ({OpenCostMetrics.NodeMemory}))";

    private static CloudWatchQuery CloudFront(string metric, string statistic) =>
        new("AWS/CloudFront", metric, statistic, CloudFrontRegion, metric) { Dimensions = new Dictionary<string, string> { ["DistributionId"] = "*", ["Region"] = "Global" } };

    // The pages are the same in every environment, and environments share accounts: each function is a line of its own, by name.
    private static CloudWatchQuery EdgeMetric(string region, string metric, string statistic) =>
        new(EdgeMetricNames.Namespace, metric, statistic, region, $"${{PROP('Dim.{EdgeMetricNames.Function}')}} {metric} {statistic}")
        {
            Dimensions = new Dictionary<string, string> { [EdgeMetricNames.Function] = "*" },
        };
}
