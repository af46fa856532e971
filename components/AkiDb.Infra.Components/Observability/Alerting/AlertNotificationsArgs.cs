using System.Collections.Immutable;
using Pulumi;

namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>Settings of <see cref="AlertNotifications"/>.</summary>
public sealed class AlertNotificationsArgs : ResourceArgs
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster's name, once it exists.</summary>
    [Input("clusterName", required: true)]
    public required Input<string> ClusterName { get; init; }

    /// <summary>ARN of the cluster.</summary>
    [Input("clusterArn", required: true)]
    public required Input<string> ClusterArn { get; init; }

    /// <summary>How far alerts reach. Default: pages.</summary>
    public NotificationLevel Level { get; init; } = NotificationLevel.Pages;

    /// <summary>When P1 pages. Default: <see cref="WorkingHours.Default"/>.</summary>
    public WorkingHours Hours { get; init; } = WorkingHours.Default;

    /// <summary>Where the PagerDuty account lives. Default: US.</summary>
    public PagerDutyRegion PagerDuty { get; init; } = PagerDutyRegion.Us;

    /// <summary>The keys in Secrets Manager; needed unless nobody is told.</summary>
    public PagingSecret? Keys { get; init; }

    /// <summary>Topic that asks runbooks to act; none where no runbook runs.</summary>
    [Input("runbookTopicArn")]
    public Input<string>? RunbookTopicArn { get; init; }

    /// <summary>What must exist first: the namespace.</summary>
    public required ImmutableArray<Resource> After { get; init; }
}
