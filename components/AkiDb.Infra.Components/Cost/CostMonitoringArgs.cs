using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Cost;

/// <summary>Settings of <see cref="CostMonitoring"/>.</summary>
public sealed class CostMonitoringArgs : ResourceArgs
{
    /// <summary>Name of the environment; budgets count what is tagged with it.</summary>
    public required string Environment { get; init; }

    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Topic in us-east-1 that is told; budgets.amazonaws.com and costalerts.amazonaws.com must be allowed to publish.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }

    /// <summary>Whole US dollars a day. Default: 100 (specification W14).</summary>
    public int DailyUsd { get; init; } = 100;

    /// <summary>Whole US dollars a month; null for no monthly budget.</summary>
    public int? MonthlyUsd { get; init; }

    /// <summary>Least impact of an anomaly that is told, in whole US dollars. Default: 50.</summary>
    public int AnomalyUsd { get; init; } = 50;

    /// <summary>Least impact of an anomaly that is told, in percent of what was expected. Default: 20.</summary>
    public int AnomalyPercent { get; init; } = 20;

    /// <summary>Tags to turn into cost-allocation tags; the account knows a key a day after something first bore it. Default: none.</summary>
    public ImmutableArray<string> AllocationTags { get; init; } = [];
}
