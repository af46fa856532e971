using AkiDb.Infra.Components.Workloads;
using Pulumi;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of <see cref="ClusterLogs"/>.</summary>
public sealed class ClusterLogsArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common; the image <see cref="ImageNames.LogShipper"/> must be among them.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>The cluster's name, for the log groups' names: <c>/akidb/NAME/workloads</c>.</summary>
    public required string Name { get; init; }

    /// <summary>First part of alarms and queries, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>ARN of the key that CloudWatch Logs of the region may use.</summary>
    [Input("logKeyArn", required: true)]
    public required Input<string> LogKeyArn { get; init; }

    /// <summary>Days that the services' logs are kept; a period of CloudWatch Logs.</summary>
    public required int RetentionDays { get; init; }

    /// <summary>Days that the audit trail of the runbooks is kept; a period of CloudWatch Logs. Default: 731.</summary>
    public int AuditRetentionDays { get; init; } = 731;

    /// <summary>Topic that the alarms tell.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }
}
