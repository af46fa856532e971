using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using AkiDb.Contracts;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of an <see cref="EdgeDashboard"/>.</summary>
public sealed class EdgeDashboardArgs : ResourceArgs
{
    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Name of the edge function, which its metrics bear, e.g. <c>akidb-prod-edge</c>.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Regions where edge logs land.</summary>
    public required ImmutableArray<string> Regions { get; init; }

    /// <summary>Log group of the edge function, the same in every region.</summary>
    public required string LogGroup { get; init; }
}

/// <summary>One CloudWatch dashboard over all regions of the edge: latency and errors by region, and the newest failures by log query.</summary>
public sealed class EdgeDashboard : ComponentResource
{
    private const int Width = 12;
    private const int Height = 8;

    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Declares the dashboard.</summary>
    /// <exception cref="ArgumentException">No region.</exception>
    public EdgeDashboard(string name, EdgeDashboardArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:EdgeDashboard", name, args, options)
    {
        ComponentArgument.Require(!args.Regions.IsEmpty, $"EdgeDashboard '{name}'", nameof(args.Regions), "", "at least one region");
        _ = new Aws.CloudWatch.Dashboard(name, new Aws.CloudWatch.DashboardArgs
        {
            DashboardName = $"{args.NamePrefix}-edge",
            DashboardBody = Body(args),
        }, new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    // Dashboard body structure: CloudWatch API reference, from memory, 2026-11.
    private static string Body(EdgeDashboardArgs args) => JsonSerializer.Serialize(new
    {
        widgets = (object[])
        [
            Widget("metric", 0, 0, new
            {
                title = "P95 latency by region",
                view = "timeSeries",
                region = args.Regions[0],
                period = 60,
                metrics = args.Regions.Select(region => Metric(EdgeMetricNames.InferenceLatency, args.FunctionName, new { region, stat = "p95", label = region })).ToArray(),
                yAxis = new { left = new { min = 0, label = "ms", showUnits = false } },
                annotations = Line(100, "slow"),
            }),
            Widget("metric", Width, 0, new
            {
                title = "Errors by region, percent of requests",
                view = "timeSeries",
                region = args.Regions[0],
                period = 60,
                metrics = args.Regions.SelectMany((region, index) => ErrorRate(region, index, args.FunctionName)).ToArray(),
                yAxis = new { left = new { min = 0, label = "%", showUnits = false } },
                annotations = Line(1, "too many"),
            }),
            Widget("metric", 0, Height, new
            {
                title = "Requests by region",
                view = "timeSeries",
                region = args.Regions[0],
                period = 60,
                stacked = true,
                metrics = args.Regions.Select(region => Metric(EdgeMetricNames.RequestCount, args.FunctionName, new { region, stat = "Sum", label = region })).ToArray(),
            }),
            .. args.Regions.Select((region, index) => Widget("log", index % 2 == 0 ? Width : 0, Height + (((index + 1) / 2) * Height), new
            {
                title = $"Newest failures in {region}",
                region,
                view = "table",
                query = $"SOURCE '{args.LogGroup}' | {FailuresQuery}",
            })),
        ],
    }, Format);

    /// <summary>The newest failures at the edge, as Logs Insights asks for them.</summary>
    public static string FailuresQuery =>
        $"fields @timestamp, {EdgeMetricNames.Tier}, {EdgeMetricNames.Status}, {EdgeMetricNames.TraceId}, {EdgeMetricNames.InferenceLatency} | filter {EdgeMetricNames.ErrorCount} > 0 | sort @timestamp desc | limit 20";

    private static object Widget(string type, int x, int y, object properties) => new { type, x, y, width = Width, height = Height, properties };

    private static object[] Metric(string metric, string function, object options) =>
        [EdgeMetricNames.Namespace, metric, EdgeMetricNames.Function, function, options];

    private static object[][] ErrorRate(string region, int index, string function) =>
    [
        [new { expression = $"IF(r{index} > 0, 100 * FILL(e{index}, 0) / r{index}, 0)", id = $"p{index}", label = region, region }],
        Metric(EdgeMetricNames.RequestCount, function, new { id = $"r{index}", region, stat = "Sum", visible = false }),
        Metric(EdgeMetricNames.ErrorCount, function, new { id = $"e{index}", region, stat = "Sum", visible = false }),
    ];

    private static object Line(double value, string label) => new { horizontal = new[] { new { value, label, fill = "above" } } };
}
