using System.Text.Json;
using Pulumi;
using Pulumi.Aws.Ssm.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Fleet;

/// <summary>
/// Says which board is lost. Systems Manager has no metric for that, so each board runs the CloudWatch agent, whose every minute of
/// memory use is the sign of life; an alarm a board rings when five are missing.
/// </summary>
internal static class BoardAlarms
{
    /// <summary>CloudWatch namespace of the boards.</summary>
    public const string Namespace = "AkiDB/Jetson";

    private const int SilentMinutes = 5;

    public static void Create(string name, JetsonFleetArgs args, Resource parent)
    {
        var child = new CustomResourceOptions { Parent = parent };
        InstallAgent(name, args, parent);
        foreach (var board in args.Boards)
        {
            _ = new Aws.CloudWatch.MetricAlarm($"{name}-{board}", new Aws.CloudWatch.MetricAlarmArgs
            {
                Name = $"{args.FleetName}-{board}-lost",
                AlarmDescription = $"P1: board {board} at {args.Site} has said nothing for {SilentMinutes} minutes (docs/jetson.md)",
                Namespace = Namespace,
                MetricName = "mem_used_percent",
                Dimensions = { ["host"] = board },
                Statistic = "SampleCount",
                Period = 60,
                EvaluationPeriods = SilentMinutes,
                ComparisonOperator = "LessThanThreshold",
                Threshold = 1,
                TreatMissingData = "breaching",
                AlarmActions = { args.TopicArn },
                OkActions = { args.TopicArn },
            }, child);
        }
    }

    private static void InstallAgent(string name, JetsonFleetArgs args, Resource parent)
    {
        var child = new CustomResourceOptions { Parent = parent };
        var settings = new Aws.Ssm.Parameter($"{name}-agent", new Aws.Ssm.ParameterArgs
        {
            // The boards' managed policy reads parameters of any name; the agent's own tools expect this beginning.
            Name = $"AmazonCloudWatch-{args.FleetName}",
            Type = Aws.Ssm.ParameterType.String,
            InsecureValue = JsonSerializer.Serialize(new
            {
                agent = new { metrics_collection_interval = 60, run_as_user = "root" },
                metrics = new
                {
                    @namespace = Namespace,
                    metrics_collected = new { mem = new { measurement = new[] { "used_percent" } } },
                },
            }),
        }, child);
        var targets = new[] { new AssociationTargetArgs { Key = "tag:Fleet", Values = { args.FleetName } } };
        var installed = new Aws.Ssm.Association($"{name}-agent", new Aws.Ssm.AssociationArgs
        {
            AssociationName = $"{args.FleetName}-agent",
            Name = "AWS-ConfigureAWSPackage",
            Parameters = new InputMap<string> { ["action"] = "Install", ["name"] = "AmazonCloudWatchAgent" },
            Targets = targets,
            ScheduleExpression = "rate(1 day)",
        }, child);
        _ = new Aws.Ssm.Association($"{name}-agent-settings", new Aws.Ssm.AssociationArgs
        {
            AssociationName = $"{args.FleetName}-agent-settings",
            Name = "AmazonCloudWatch-ManageAgent",
            Parameters = new InputMap<string>
            {
                ["action"] = "configure",
                ["mode"] = "onPremise",
                ["optionalConfigurationSource"] = "ssm",
                ["optionalConfigurationLocation"] = settings.Name,
                ["optionalRestart"] = "yes",
            },
            Targets = targets,
            ScheduleExpression = "rate(1 day)",
        }, new CustomResourceOptions { Parent = parent, DependsOn = { installed } });
    }
}
