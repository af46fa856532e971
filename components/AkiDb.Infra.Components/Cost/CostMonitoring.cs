using System.Globalization;
using System.Text.Json;
using Pulumi;
using Pulumi.Aws.Budgets.Inputs;
using Pulumi.Aws.CostExplorer.Inputs;
using Aws = Pulumi.Aws;

namespace AkiDb.Infra.Components.Cost;

/// <summary>
/// What an environment spends, watched by AWS itself: a daily and a monthly budget, and a monitor that knows what is usual. Budgets are
/// evaluated up to three times a day and bills lag by a day: this finds waste, not incidents.
/// </summary>
public sealed class CostMonitoring : ComponentResource
{
    private const string EnvironmentTag = "environment";

    private readonly string _name;
    private readonly CostMonitoringArgs _args;

    /// <summary>Declares budgets, monitor and allocation tags.</summary>
    /// <exception cref="ArgumentException">An amount out of range.</exception>
    public CostMonitoring(string name, CostMonitoringArgs args, ComponentResourceOptions? options = null)
        : base("akidb:cost:CostMonitoring", name, args, options)
    {
        (_name, _args) = (name, args);
        var component = $"CostMonitoring '{name}'";
        ComponentArgument.InRange(component, nameof(args.DailyUsd), args.DailyUsd, 1, 1_000_000);
        ComponentArgument.InRange(component, nameof(args.MonthlyUsd), args.MonthlyUsd ?? 1, 1, 10_000_000);
        ComponentArgument.InRange(component, nameof(args.AnomalyUsd), args.AnomalyUsd, 1, 1_000_000);
        ComponentArgument.InRange(component, nameof(args.AnomalyPercent), args.AnomalyPercent, 1, 1000);

        // AWS forecasts months, not days (AWS Cost Management user guide, "Creating a budget", from memory, 2026-11).
        CreateBudget("daily", "DAILY", args.DailyUsd, [("ACTUAL", 100)]);
        if (args.MonthlyUsd is { } usd)
            CreateBudget("monthly", "MONTHLY", usd, [("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100)]);
        CreateAnomalyMonitor();
        foreach (var tag in args.AllocationTags)
        {
            _ = new Aws.CostExplorer.CostAllocationTag($"{name}-tag-{tag}", new Aws.CostExplorer.CostAllocationTagArgs
            {
                TagKey = tag,
                Status = "Active",
            }, Child);
        }

        RegisterOutputs();
    }

    private CustomResourceOptions Child => new() { Parent = this };

    private void CreateBudget(string name, string unit, int usd, (string Kind, int Percent)[] notifications) =>
        _ = new Aws.Budgets.Budget($"{_name}-{name}", new Aws.Budgets.BudgetArgs
        {
            Name = $"{_args.NamePrefix}-{name}",
            BudgetType = "COST",
            TimeUnit = unit,
            LimitAmount = usd.ToString(CultureInfo.InvariantCulture),
            LimitUnit = "USD",
            CostFilters = { new BudgetCostFilterArgs { Name = "TagKeyValue", Values = { $"user:{EnvironmentTag}${_args.Environment}" } } },
            // What was used is what the estimate speaks of; refunds and credits would hide it.
            CostTypes = new BudgetCostTypesArgs { IncludeCredit = false, IncludeRefund = false, IncludeTax = false, UseBlended = false },
            Notifications = notifications.Select(notification => new BudgetNotificationArgs
            {
                NotificationType = notification.Kind,
                Threshold = notification.Percent,
                ThresholdType = "PERCENTAGE",
                ComparisonOperator = "GREATER_THAN",
                SubscriberSnsTopicArns = { _args.TopicArn },
            }).ToList(),
        }, Child);

    private void CreateAnomalyMonitor()
    {
        var monitor = new Aws.CostExplorer.AnomalyMonitor($"{_name}-anomalies", new Aws.CostExplorer.AnomalyMonitorArgs
        {
            Name = $"{_args.NamePrefix}-anomalies",
            // An account has one monitor over all services by itself; this one sees the environment only.
            MonitorType = "CUSTOM",
            MonitorSpecification = JsonSerializer.Serialize(new
            {
                And = (object?)null,
                CostCategories = (object?)null,
                Dimensions = (object?)null,
                Not = (object?)null,
                Or = (object?)null,
                Tags = new { Key = $"user:{EnvironmentTag}", MatchOptions = (object?)null, Values = new[] { _args.Environment } },
            }),
        }, Child);
        _ = new Aws.CostExplorer.AnomalySubscription($"{_name}-anomalies", new Aws.CostExplorer.AnomalySubscriptionArgs
        {
            Name = $"{_args.NamePrefix}-anomalies",
            // Topics are told at once; daily and weekly summaries go to e-mail addresses only.
            Frequency = "IMMEDIATE",
            MonitorArnLists = { monitor.Arn },
            Subscribers = { new AnomalySubscriptionSubscriberArgs { Type = "SNS", Address = _args.TopicArn } },
            ThresholdExpression = new AnomalySubscriptionThresholdExpressionArgs
            {
                Ands = { AtLeast("ANOMALY_TOTAL_IMPACT_ABSOLUTE", _args.AnomalyUsd), AtLeast("ANOMALY_TOTAL_IMPACT_PERCENTAGE", _args.AnomalyPercent) },
            },
        }, Child);
    }

    private static AnomalySubscriptionThresholdExpressionAndArgs AtLeast(string impact, int value) => new()
    {
        Dimension = new AnomalySubscriptionThresholdExpressionAndDimensionArgs
        {
            Key = impact,
            MatchOptions = { "GREATER_THAN_OR_EQUAL" },
            Values = { value.ToString(CultureInfo.InvariantCulture) },
        },
    };
}
