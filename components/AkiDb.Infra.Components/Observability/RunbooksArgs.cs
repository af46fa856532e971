using System.Collections.Immutable;
using AkiDb.Infra.Components.Workloads;
using Pulumi;

namespace AkiDb.Infra.Components.Observability;

/// <summary>Settings of <see cref="Runbooks"/>.</summary>
public sealed class RunbooksArgs : ResourceArgs
{
    /// <summary>What the cluster's workloads have in common; the image <see cref="ImageNames.Operations"/> must be among them.</summary>
    public required WorkloadSettings Settings { get; init; }

    /// <summary>First part of every name, e.g. <c>akidb-prod</c>.</summary>
    public required string NamePrefix { get; init; }

    /// <summary>Name of the role of Alertmanager's pods (<see cref="Monitoring.AlertmanagerRole"/>), which is let ask for runbooks.</summary>
    [Input("alertmanagerRole", required: true)]
    public required Input<string> AlertmanagerRole { get; init; }

    /// <summary>Topic that is told when the automation itself fails.</summary>
    [Input("topicArn", required: true)]
    public required Input<string> TopicArn { get; init; }

    /// <summary>Topics of the regions whose edge this cluster's warm tier serves, each with its region; their alarms start the runbook for
    /// cold starts.</summary>
    public ImmutableArray<(string Region, Input<string> Arn)> EdgeTopics { get; init; } = [];

    /// <summary>Name of the alarm on the edge's latency in each of these regions (<see cref="EdgeAlarms.LatencyAlarm"/>).</summary>
    public required string EdgeLatencyAlarm { get; init; }

    /// <summary>Log group of the audit trail.</summary>
    [Input("auditLogGroup", required: true)]
    public required Input<string> AuditLogGroup { get; init; }

    /// <summary>ARN of the audit trail's log group.</summary>
    [Input("auditLogGroupArn", required: true)]
    public required Input<string> AuditLogGroupArn { get; init; }

    /// <summary>Name of the warm embedding function; its alias is <c>warm</c>.</summary>
    public required string WarmFunction { get; init; }

    /// <summary>Say what would be done and write it to the audit trail, but do nothing. Default: false.</summary>
    public bool DryRun { get; init; }
}
