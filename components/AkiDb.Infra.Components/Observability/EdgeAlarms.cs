using AkiDb.Contracts;
using Pulumi;
using Pulumi.Aws.CloudWatch.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of <see cref="EdgeAlarms"/>.</summary>
public sealed class EdgeAlarmsArgs : ResourceArgs
{
    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Name of the edge function, which its metrics bear, e.g. <c>akidb-prod-edge</c>.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Topic of the same region that is told.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }

    /// <summary>P95 latency from which on the edge is slow, 1 to 30,000 ms. Default: 100 (specification W15).</summary>
    public int SlowMilliseconds { get; init; } = 100;

    /// <summary>Share of errors, 0.1 to 100 percent. Default: 1 (specification W15).</summary>
    public double ErrorPercent { get; init; } = 1;
}

/// <summary>
/// Alarms on the edge's metrics in one region. CloudFront writes them in the region where it ran the function, and an alarm sees the
/// metrics of its own region only: hence one of these in every region where edge logs land.
/// </summary>
public sealed class EdgeAlarms : ComponentResource
{
    // EMF metrics have one-minute resolution; W15: "P95 > 100 ms 3 × 60 s", "errors > 1 % for 2 × 60 s".
    private const int PeriodSeconds = 60;

    /// <summary>Declares two alarms and the one that speaks for both.</summary>
    /// <exception cref="ArgumentException">A threshold out of range.</exception>
    public EdgeAlarms(string name, EdgeAlarmsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:EdgeAlarms", name, args, options)
    {
        var component = $"EdgeAlarms '{name}'";
        ComponentArgument.InRange(component, nameof(args.SlowMilliseconds), args.SlowMilliseconds, 1, 30_000);
        ComponentArgument.InRange(component, nameof(args.ErrorPercent), args.ErrorPercent, 0.1, 100);

        var child = new CustomResourceOptions { Parent = this };
        var latency = new Aws.CloudWatch.MetricAlarm($"{name}-latency", new Aws.CloudWatch.MetricAlarmArgs
        {
            Name = LatencyAlarm(args.NamePrefix),
            AlarmDescription = $"P95 of the edge's embedding path above {args.SlowMilliseconds} ms for three minutes",
            Namespace = EdgeMetricNames.Namespace,
            MetricName = EdgeMetricNames.InferenceLatency,
            Dimensions = { [EdgeMetricNames.Function] = args.FunctionName },
            ExtendedStatistic = "p95",
            Period = PeriodSeconds,
            EvaluationPeriods = 3,
            DatapointsToAlarm = 3,
            Threshold = args.SlowMilliseconds,
            ComparisonOperator = "GreaterThanThreshold",
            // Where nobody asks, nobody waits.
            TreatMissingData = "notBreaching",
            // A P95 of three requests is the slowest of them.
            EvaluateLowSampleCountPercentiles = "ignore",
        }, child);
        var errors = new Aws.CloudWatch.MetricAlarm($"{name}-errors", new Aws.CloudWatch.MetricAlarmArgs
        {
            Name = $"{args.NamePrefix}-edge-errors",
            AlarmDescription = FormattableString.Invariant($"More than {args.ErrorPercent} % of the edge's requests failed for two minutes"),
            EvaluationPeriods = 2,
            DatapointsToAlarm = 2,
            Threshold = args.ErrorPercent,
            ComparisonOperator = "GreaterThanThreshold",
            TreatMissingData = "notBreaching",
            MetricQueries =
            {
                // A minute without errors has no error metric at all, and one without requests must not divide by zero.
                new MetricAlarmMetricQueryArgs
                {
                    Id = "rate",
                    Expression = "IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)",
                    Label = "Errors, percent of requests",
                    ReturnData = true,
                },
                Sum("errors", EdgeMetricNames.ErrorCount, args.FunctionName),
                Sum("requests", EdgeMetricNames.RequestCount, args.FunctionName),
            },
        }, child);
        _ = new Aws.CloudWatch.CompositeAlarm($"{name}-edge", new Aws.CloudWatch.CompositeAlarmArgs
        {
            AlarmName = $"{args.NamePrefix}-edge",
            AlarmDescription = "The edge is slow or fails; one message for both",
            AlarmRule = Output.Format($"ALARM(\"{latency.Name}\") OR ALARM(\"{errors.Name}\")"),
            AlarmActions = { args.TopicArn },
            OkActions = { args.TopicArn },
        }, child);
        RegisterOutputs();
    }

    /// <summary>Name of the alarm on the latency, the same in every region.</summary>
    /// <param name="namePrefix">First part of every name, e.g. <c>akidb-prod</c>.</param>
    public static string LatencyAlarm(string namePrefix) => $"{namePrefix}-edge-latency";

    private static MetricAlarmMetricQueryArgs Sum(string id, string metric, string function) => new()
    {
        Id = id,
        ReturnData = false,
        Metric = new MetricAlarmMetricQueryMetricArgs
        {
            Namespace = EdgeMetricNames.Namespace,
            MetricName = metric,
            Dimensions = { [EdgeMetricNames.Function] = function },
            Period = PeriodSeconds,
            Stat = "Sum",
        },
    };
}
