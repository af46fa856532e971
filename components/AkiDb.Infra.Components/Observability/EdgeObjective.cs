using System.Globalization;
using AkiDb.Contracts;
using AkiDb.Infra.Components.Observability.Objectives;
using Pulumi;
using Pulumi.AwsNative.ApplicationSignals;
using Pulumi.AwsNative.ApplicationSignals.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of an <see cref="EdgeObjective"/>.</summary>
public sealed class EdgeObjectiveArgs : ResourceArgs
{
    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Name of the edge function, which its metrics bear, e.g. <c>akidb-prod-edge</c>.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Topic of the same region that is told.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }

    /// <summary>Share of requests that must come back without an error, percent, above 90 and below 100. Default: 99.95.</summary>
    public double GoalPercent { get; init; } = 99.95;
}

/// <summary>
/// The availability objective of the edge in one region as an Application Signals SLO: CloudWatch keeps its budget and burn rates, and
/// an alarm tells when it burns on two windows at once. It counts the edge's own metrics: every request that an origin answered. What
/// CloudFront answers itself because no origin does may be missing there, and is <see cref="OriginAlarms"/>' matter.
/// </summary>
/// <remarks>Not the service metrics that Application Signals makes of spans: the collectors keep every error and a tenth of the rest
/// (tail sampling), and a share of those would be ten times too bad.</remarks>
public sealed class EdgeObjective : ComponentResource
{
    private const int PeriodSeconds = 60;

    private readonly string _name;
    private readonly EdgeObjectiveArgs _args;

    /// <summary>Declares the objective and its alarms.</summary>
    /// <exception cref="ArgumentException">A goal out of range.</exception>
    public EdgeObjective(string name, EdgeObjectiveArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:EdgeObjective", name, args, options)
    {
        (_name, _args) = (name, args);
        ComponentArgument.InRange($"EdgeObjective '{name}'", nameof(args.GoalPercent), args.GoalPercent, 90.001, 99.999);
        var objective = CreateObjective();
        // The workbook's fast burn, which wakes somebody; slower ones are seen in Prometheus, where the routers' requests are.
        var fast = BurnRate.Standard[0];
        var (longer, shorter) = (BurnAlarm(objective, fast, fast.LongWindow), BurnAlarm(objective, fast, fast.ShortWindow));
        _ = new Aws.CloudWatch.CompositeAlarm($"{name}-burn", new Aws.CloudWatch.CompositeAlarmArgs
        {
            AlarmName = $"{args.NamePrefix}-edge-budget-burn",
            AlarmDescription = FormattableString.Invariant(
                $"The edge's availability budget goes {fast.Factor} times as fast as it may, over {fast.LongWindow.TotalMinutes} minutes and still"),
            AlarmRule = Output.Format($"ALARM(\"{longer.Name}\") AND ALARM(\"{shorter.Name}\")"),
            AlarmActions = { args.TopicArn },
            OkActions = { args.TopicArn },
        }, new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    private string SloName => $"{_args.NamePrefix}-edge-availability";

    private ServiceLevelObjective CreateObjective() => new(_name, new ServiceLevelObjectiveArgs
    {
        Name = SloName,
        Description = FormattableString.Invariant($"{_args.GoalPercent} % of embedding requests at the edge come back without an error"),
        RequestBasedSli = new ServiceLevelObjectiveRequestBasedSliArgs
        {
            RequestBasedSliMetric = new ServiceLevelObjectiveRequestBasedSliMetricArgs
            {
                TotalRequestCountMetric = { Sum("total", EdgeMetricNames.RequestCount, isResult: true) },
                MonitoredRequestCountMetric = new ServiceLevelObjectiveMonitoredRequestCountMetricArgs
                {
                    // A minute without errors has no error metric at all.
                    BadCountMetric =
                    {
                        Sum("errors", EdgeMetricNames.ErrorCount, isResult: false),
                        new ServiceLevelObjectiveMetricDataQueryArgs { Id = "bad", Expression = "FILL(errors, 0)", ReturnData = true },
                    },
                },
            },
        },
        Goal = new ServiceLevelObjectiveGoalArgs
        {
            AttainmentGoal = _args.GoalPercent,
            Interval = new ServiceLevelObjectiveIntervalArgs
            {
                RollingInterval = new ServiceLevelObjectiveRollingIntervalArgs { Duration = 30, DurationUnit = ServiceLevelObjectiveDurationUnit.Day },
            },
        },
        BurnRateConfigurations =
        [
            .. BurnRate.Standard.SelectMany(burn => new[] { burn.LongWindow, burn.ShortWindow }).Distinct().Order()
                .Select(window => new ServiceLevelObjectiveBurnRateConfigurationArgs { LookBackWindowMinutes = (int)window.TotalMinutes }),
        ],
    }, new CustomResourceOptions { Parent = this });

    private Aws.CloudWatch.MetricAlarm BurnAlarm(ServiceLevelObjective objective, BurnRate burn, TimeSpan window) =>
        new($"{_name}-burn-{Minutes(window)}m", new Aws.CloudWatch.MetricAlarmArgs
        {
            Name = FormattableString.Invariant($"{_args.NamePrefix}-edge-budget-burn-{window.TotalMinutes}m"),
            AlarmDescription = FormattableString.Invariant($"Part of {_args.NamePrefix}-edge-budget-burn: over {window.TotalMinutes} minutes"),
            // Namespace, metric and dimensions: CloudWatch user guide, "Service level objectives", from memory, 2026-11.
            Namespace = "AWS/ApplicationSignals",
            MetricName = "BurnRate",
            Dimensions = { ["SloName"] = SloName, ["BurnRateWindowMinutes"] = Minutes(window) },
            Statistic = "Maximum",
            Period = PeriodSeconds,
            EvaluationPeriods = 1,
            Threshold = burn.Factor,
            ComparisonOperator = "GreaterThanThreshold",
            TreatMissingData = "notBreaching",
        }, new CustomResourceOptions { Parent = this, DependsOn = { objective } });

    private static string Minutes(TimeSpan window) => window.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);

    private ServiceLevelObjectiveMetricDataQueryArgs Sum(string id, string metric, bool isResult) => new()
    {
        Id = id,
        ReturnData = isResult,
        MetricStat = new ServiceLevelObjectiveMetricStatArgs
        {
            Metric = new ServiceLevelObjectiveMetricArgs
            {
                Namespace = EdgeMetricNames.Namespace,
                MetricName = metric,
                Dimensions = { new ServiceLevelObjectiveDimensionArgs { Name = EdgeMetricNames.Function, Value = _args.FunctionName } },
            },
            Period = PeriodSeconds,
            Stat = "Sum",
        },
    };
}
