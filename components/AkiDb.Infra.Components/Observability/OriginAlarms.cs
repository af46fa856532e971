using System.Collections.Immutable;
using Pulumi;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Observability;

/// <summary>What asks whether a region's origin answers.</summary>
/// <param name="Region">AWS region of the origin.</param>
/// <param name="Id">Id of the Route 53 health check.</param>
public sealed record OriginHealthCheck(string Region, Input<string> Id);

/// <summary>Settings of <see cref="OriginAlarms"/>.</summary>
public sealed class OriginAlarmsArgs : ResourceArgs
{
    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Topic in us-east-1 that is told.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }

    /// <summary>The CloudFront distribution.</summary>
    [Input("distributionId", required: true)]
    public required Input<string> DistributionId { get; init; }

    /// <summary>One a region.</summary>
    public required ImmutableArray<OriginHealthCheck> HealthChecks { get; init; }

    /// <summary>Share of answers of 500 and above, 0.1 to 100 percent. Default: 1.</summary>
    public double ErrorPercent { get; init; } = 1;
}

/// <summary>
/// Tells when the edge has nobody to ask: <see cref="EdgeAlarms"/> sees answers of origins, and the 502 or 504 that CloudFront gives
/// for one that is gone may come from none. Both services write their metrics in us-east-1 only, so its provider must be that
/// region's.
/// </summary>
public sealed class OriginAlarms : ComponentResource
{
    private const int PeriodSeconds = 60;

    private readonly string _name;
    private readonly OriginAlarmsArgs _args;

    /// <summary>Declares an alarm on the distribution and one a health check.</summary>
    /// <exception cref="ArgumentException">A threshold out of range, or no health check.</exception>
    public OriginAlarms(string name, OriginAlarmsArgs args, ComponentResourceOptions? options = null)
        : base("akidb:observability:OriginAlarms", name, args, options)
    {
        (_name, _args) = (name, args);
        var component = $"OriginAlarms '{name}'";
        ComponentArgument.InRange(component, nameof(args.ErrorPercent), args.ErrorPercent, 0.1, 100);
        ComponentArgument.Require(!args.HealthChecks.IsEmpty, component, nameof(args.HealthChecks), "", "one a region");
        WatchAnswers();
        foreach (var check in args.HealthChecks)
            WatchOrigin(check);
        RegisterOutputs();
    }

    // Metric and dimensions: CloudFront developer guide, "CloudFront metrics"; a share of all answers, whoever made them (read 2026-11).
    private void WatchAnswers() => _ = new Aws.CloudWatch.MetricAlarm($"{_name}-answers", new Aws.CloudWatch.MetricAlarmArgs
    {
        Name = $"{_args.NamePrefix}-distribution-errors",
        AlarmDescription = FormattableString.Invariant($"More than {_args.ErrorPercent} % of CloudFront's answers were errors of ours for two minutes, its own 502 and 504 among them"),
        Namespace = "AWS/CloudFront",
        MetricName = "5xxErrorRate",
        Dimensions = { ["DistributionId"] = _args.DistributionId, ["Region"] = "Global" },
        Statistic = "Average",
        Period = PeriodSeconds,
        EvaluationPeriods = 2,
        DatapointsToAlarm = 2,
        Threshold = _args.ErrorPercent,
        ComparisonOperator = "GreaterThanThreshold",
        // Where nobody asks, nobody fails.
        TreatMissingData = "notBreaching",
        AlarmActions = { _args.TopicArn },
        OkActions = { _args.TopicArn },
    }, new CustomResourceOptions { Parent = this });

    // Route 53 developer guide, "Monitoring health checks using CloudWatch": 1 is healthy (read 2026-11). It has asked three times already.
    private void WatchOrigin(OriginHealthCheck check) => _ = new Aws.CloudWatch.MetricAlarm($"{_name}-{check.Region}", new Aws.CloudWatch.MetricAlarmArgs
    {
        Name = $"{_args.NamePrefix}-origin-{check.Region}",
        AlarmDescription = $"The origin in {check.Region} does not answer Route 53's checkers; its clients go to another region",
        Namespace = "AWS/Route53",
        MetricName = "HealthCheckStatus",
        Dimensions = { ["HealthCheckId"] = check.Id },
        Statistic = "Minimum",
        Period = PeriodSeconds,
        EvaluationPeriods = 1,
        Threshold = 1,
        ComparisonOperator = "LessThanThreshold",
        // A check that says nothing does not say that all is well.
        TreatMissingData = "breaching",
        AlarmActions = { _args.TopicArn },
        OkActions = { _args.TopicArn },
    }, new CustomResourceOptions { Parent = this });
}
