using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Metrics;
using AkiDb.Infra.Components.Observability.Objectives;
using AkiDb.Infra.Components.Observability.Rules;

namespace AkiDb.Infra.Components.Observability.Dashboards;

/// <summary>What clients see: golden signals, objectives, anomalies, and who calls whom.</summary>
internal static class TrafficDashboards
{
    private const string Region = MetricLabels.Region;

    private static Threshold[] Latency => [new(0.03, "yellow"), new(0.05, "red")];

    private static Threshold[] Errors => [new(0.0005, "yellow"), new(0.01, "red")];

    private static Threshold[] Fill => [new(0.8, "yellow"), new(0.95, "red")];

    public static Dashboard GoldenSignals { get; } = new()
    {
        Uid = "akidb-golden-signals",
        Title = "AkiDB: golden signals",
        Description = "Is it slow, is it failing, is anybody there, is it full? Limits are those of the alerts.",
        Rows =
        [
            new("Now",
            [
                new Panel { Title = "P95 latency", Kind = PanelKind.Stat, Unit = "s", Width = 6, Height = 5, Thresholds = [.. Latency], Queries = [new PrometheusQuery(PromQl.Max(RecordedNames.LatencyP95, Region), "{{region}}")], Description = "Target 30 ms; the alert comes above 50 ms for five minutes." },
                new Panel { Title = "Requests", Kind = PanelKind.Stat, Unit = "reqps", Width = 6, Height = 5, Queries = [new PrometheusQuery(RecordedNames.Requests, "{{region}}")] },
                new Panel { Title = "Errors", Kind = PanelKind.Stat, Unit = "percentunit", Width = 6, Height = 5, Thresholds = [.. Errors], Queries = [new PrometheusQuery(RecordedNames.ErrorRatio, "{{region}}")], Description = "Server errors. Promised: below 0.05 %; the alert comes above 1 % for two minutes." },
                new Panel { Title = "Fullest backend", Kind = PanelKind.Stat, Unit = "percentunit", Width = 6, Height = 5, Thresholds = [.. Fill], Queries = [new PrometheusQuery(PromQl.Max(BackendShare, Region), "{{region}}")] },
            ]),
            new("Latency",
            [
                new Panel { Title = "Median, P95, P99 by region and site", Unit = "s", Width = 12, Thresholds = [.. Latency], Queries = [new PrometheusQuery(RecordedNames.LatencyP50, "{{region}} P50"), new PrometheusQuery(RecordedNames.LatencyP95, "{{region}} P95"), new PrometheusQuery(RecordedNames.LatencyP99, "{{region}} P99")] },
                new Panel { Title = "P95 by route", Unit = "s", Width = 6, Thresholds = [.. Latency], Queries = [new PrometheusQuery(PromQl.Quantile(0.95, RouterSeries.Duration, "5m", MetricLabels.Route), "{{route}}")] },
                new Panel { Title = "All requests", Kind = PanelKind.Heatmap, Unit = "s", Width = 6, Queries = [new PrometheusQuery(PromQl.Sum((RouterSeries.Duration with { Metric = $"{HttpMetricNames.RequestDuration}_bucket" }).Rate("5m"), "le"), "{{le}}")] },
            ]),
            new("Traffic",
            [
                new Panel { Title = "Requests by region and site", Unit = "reqps", Queries = [new PrometheusQuery(RecordedNames.Requests, "{{region}}")] },
                new Panel { Title = "Requests by route", Unit = "reqps", Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.Requests.Rate("5m"), MetricLabels.Route), "{{route}}")] },
                new Panel { Title = "In flight", Unit = "short", Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.InFlight, Region), "{{region}}")] },
            ]),
            new("Errors",
            [
                new Panel { Title = "Server errors by region", Unit = "percentunit", Thresholds = [.. Errors], Queries = [new PrometheusQuery(RecordedNames.ErrorRatio, "{{region}}")] },
                new Panel { Title = "Answers by status", Unit = "reqps", Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.Requests.Unlike(MetricLabels.Status, "2..").Rate("5m"), MetricLabels.Status), "{{status}}")], Description = "Without those that went well." },
                new Panel { Title = "Later than the caller would wait", Unit = "reqps", Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.Of(RouterMetricNames.BudgetMissed).Rate("5m"), MetricLabels.Route), "{{route}}")], Description = "Answered after the request's X-Latency-Budget." },
            ]),
            new("Saturation",
            [
                new Panel { Title = "Load of backends", Unit = "percentunit", Width = 6, Min = 0, Thresholds = [.. Fill], Queries = [new PrometheusQuery(BackendShare, "{{region}} {{backend}}")] },
                new Panel { Title = "CPU of containers against their requests", Unit = "percentunit", Width = 6, Min = 0, Queries = [new PrometheusQuery(PromQl.Share(PromQl.Sum(Ours(ContainerMetrics.CpuSeconds).Except("container", "").Rate("5m"), "container"), PromQl.Sum(Ours(KubeStateMetrics.ContainerRequests).Where("resource", "cpu"), "container")), "{{container}}")] },
                new Panel { Title = "Memory of containers against their limits", Unit = "percentunit", Width = 6, Min = 0, Thresholds = [.. Fill], Queries = [new PrometheusQuery(PromQl.Share(PromQl.Sum(Ours(ContainerMetrics.MemoryWorkingSet).Except("container", ""), "container"), PromQl.Sum(Ours(KubeStateMetrics.ContainerLimits).Where("resource", "memory"), "container")), "{{container}}")] },
                new Panel { Title = "CPU of nodes", Unit = "percentunit", Width = 6, Min = 0, Max = 1, Thresholds = [.. Fill], Queries = [new PrometheusQuery($"1 - avg by (instance) ({new Series(NodeMetrics.CpuSeconds).Where("mode", "idle").Rate("5m")})", "{{instance}}")] },
            ]),
        ],
    };

    public static Dashboard Objectives { get; } = new()
    {
        Uid = "akidb-slo",
        Title = "AkiDB: objectives",
        Description = "What is promised, how much of the budget is left, and how fast it goes.",
        Since = "now-7d",
        Rows = [.. ServiceObjective.All.Select(Row)],
    };

    public static Dashboard Anomalies { get; } = new()
    {
        Uid = "akidb-anomaly",
        Title = "AkiDB: anomalies",
        Description = "The latency that is, beside the latency that this hour of the week has had in the last ninety days.",
        Since = "now-2d",
        Rows =
        [
            new("Now",
            [
                new Panel { Title = "Against the upper edge", Kind = PanelKind.Stat, Unit = "percentunit", Width = 8, Height = 5, Thresholds = [new(1, "yellow"), new(1.5, "red")], Queries = [new PrometheusQuery($"{AnomalyMetricNames.ObservedSeconds} / {AnomalyMetricNames.UpperSeconds}", "{{region}}")], Description = "Above 100 % is outside the 95 % interval, above 150 % is a P1." },
                new Panel { Title = "Outside within a day", Kind = PanelKind.Stat, Unit = "short", Width = 8, Height = 5, Thresholds = [new(15, "yellow"), new(30, "red")], Queries = [new PrometheusQuery(PromQl.Sum(new Series(AnomalyMetricNames.Detections).Increase("1d"), Region), "{{region}}")], Description = "Of 288 samples; 14 are what a 95 % interval leaves outside by chance." },
                new Panel { Title = "Firing", Kind = PanelKind.Stat, Unit = "short", Width = 8, Height = 5, Queries = [new PrometheusQuery($"count({AnomalyMetricNames.ObservedSeconds} > {AnomalyMetricNames.UpperSeconds}) or vector(0)", "regions")] },
            ]),
            new("P95 latency",
            [
                new Panel
                {
                    Title = "Observed, expected and the 95 % interval", Unit = "s", Width = 24, Height = 10,
                    Queries =
                    [
                        new PrometheusQuery(AnomalyMetricNames.ObservedSeconds, "{{region}} observed"), new PrometheusQuery(AnomalyMetricNames.ExpectedSeconds, "{{region}} expected"),
                        new PrometheusQuery(AnomalyMetricNames.UpperSeconds, "{{region}} upper"), new PrometheusQuery(AnomalyMetricNames.LowerSeconds, "{{region}} lower"),
                    ],
                },
                new Panel { Title = "Samples outside", Unit = "short", Width = 24, Height = 6, Queries = [new PrometheusQuery(PromQl.Sum(new Series(AnomalyMetricNames.Detections).Increase("1h"), Region), "{{region}}")] },
            ]),
        ],
    };

    public static Dashboard ServiceMap { get; } = new()
    {
        Uid = "akidb-service-map",
        Title = "AkiDB: service map",
        Description = "Who calls whom now, and what goes wrong on the way. Single requests are followed in X-Ray.",
        Since = "now-1h",
        Rows =
        [
            new("Now", [new Panel { Title = "Requests a second", Kind = PanelKind.NodeGraph, Unit = "reqps", Width = 24, Height = 14, Queries = [new PrometheusQuery(Edges, "")] }]),
            new("Between router and backends",
            [
                new Panel { Title = "Choices by backend", Unit = "reqps", Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.Of(RouterMetricNames.Decisions).Rate("5m"), MetricLabels.Backend), "{{backend}}")] },
                new Panel { Title = "Choices by reason", Unit = "reqps", Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.Of(RouterMetricNames.Decisions).Rate("5m"), MetricLabels.Reason), "{{reason}}")] },
                new Panel { Title = "P95 as routing sees it", Unit = "s", Queries = [new PrometheusQuery(PromQl.Max(RouterSeries.Of(RouterMetricNames.BackendLatencyP95), MetricLabels.Backend), "{{backend}}")] },
                new Panel { Title = "Second attempts", Unit = "reqps", Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.Of(RouterMetricNames.Retries).Rate("5m"), MetricLabels.Backend), "{{backend}}")] },
                new Panel { Title = "Addresses taken out", Unit = "short", Queries = [new PrometheusQuery(PromQl.Sum(RouterSeries.Of(RouterMetricNames.Ejections).Increase("5m"), MetricLabels.Backend), "{{backend}}")] },
                new Panel { Title = "Healthy addresses", Unit = "short", Min = 0, Queries = [new PrometheusQuery(PromQl.Max(RouterSeries.Of(RouterMetricNames.BackendHealthyAddresses), MetricLabels.Backend), "{{backend}}")] },
            ]),
            new("Every service",
            [
                new Panel { Title = "Requests by service", Unit = "reqps", Width = 12, Queries = [new PrometheusQuery(PromQl.Sum(new Series(HttpMetricNames.Requests).Rate("5m"), "job"), "{{job}}")] },
                new Panel { Title = "P95 by service", Unit = "s", Width = 12, Queries = [new PrometheusQuery(PromQl.Quantile(0.95, new Series(HttpMetricNames.RequestDuration), "5m", "job"), "{{job}}")] },
            ]),
        ],
    };

    private static string BackendShare => PromQl.Share(
        PromQl.Max(RouterSeries.Of(RouterMetricNames.BackendLoad), Region, MetricLabels.Backend),
        PromQl.Max(RouterSeries.Of(RouterMetricNames.BackendCapacity), Region, MetricLabels.Backend));

    // Nodes follow from the edges; an edge is a row with id, source and target.
    private static string Edges => $"{Edge(PromQl.Sum(RouterSeries.Requests.Rate("5m"), MetricLabels.Route), MetricLabels.Route, "clients", ServiceNames.Router, "$1")}"
        + $" or {Edge(PromQl.Sum(RouterSeries.Of(RouterMetricNames.Decisions).Rate("5m"), MetricLabels.Backend), MetricLabels.Backend, ServiceNames.Router, "$1", "$1")}";

    private static string Edge(string rate, string label, string source, string target, string id) =>
        $"label_replace(label_replace(label_replace({rate}, \"source\", \"{source}\", \"{label}\", \"(.*)\"), \"target\", \"{target}\", \"{label}\", \"(.*)\"), \"id\", \"{source}-{id}\", \"{label}\", \"(.*)\")";

    private static DashboardRow Row(ServiceObjective objective)
    {
        string Of(string recorded) => $"{new Series(recorded).Where(ServiceObjective.Label, objective.Name)}";
        var goal = (double)objective.Goal;
        return new DashboardRow($"{objective.Name}: {objective.Promise}",
        [
            new Panel { Title = "Kept in thirty days", Kind = PanelKind.Gauge, Unit = "percentunit", Width = 4, Min = 1 - (4 * (1 - goal)), Max = 1, Thresholds = [new(goal, "green")], Queries = [new PrometheusQuery($"1 - {Of(RecordedNames.SloErrorRatio30D)}", "{{region}}")], Description = $"Promised: {objective.GoalText}." },
            new Panel { Title = "Budget left", Kind = PanelKind.Gauge, Unit = "percentunit", Width = 4, Min = 0, Max = 1, Thresholds = [new(0.2, "yellow"), new(0.5, "green")], Queries = [new PrometheusQuery(Of(RecordedNames.SloBudgetLeft), "{{region}}")] },
            new Panel
            {
                Title = "Burn rate by window", Unit = "short", Width = 8, Thresholds = [new(1, "yellow"), new(14.4, "red")],
                Queries =
                [
                    new PrometheusQuery(Of(RecordedNames.SloBurnRate), "{{region}} 1h"),
                    new PrometheusQuery($"{Of(RecordedNames.SloErrorRatio6H)} / {PromQl.Number((double)objective.Budget)}", "{{region}} 6h"),
                    new PrometheusQuery($"{Of(RecordedNames.SloErrorRatio3D)} / {PromQl.Number((double)objective.Budget)}", "{{region}} 3d"),
                ],
                Description = "1 empties the budget exactly in thirty days. Alerts: 14.4 over an hour, 6 over six hours, 3 over a day, 1 over three days.",
            },
            new Panel { Title = "Events that broke it", Unit = "reqps", Width = 8, Queries = [new PrometheusQuery(Of(RecordedNames.SloBadEvents), "{{region}}"), new PrometheusQuery($"{PromQl.Number((double)objective.Budget)} * {Of(RecordedNames.SloEvents)}", "{{region}} allowed")] },
        ]);
    }

    private static Series Ours(string metric) => new Series(metric).Where("namespace", ServiceNames.Namespace);
}
