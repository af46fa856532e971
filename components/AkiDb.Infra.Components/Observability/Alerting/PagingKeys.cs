namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>
/// The integration keys of the three PagerDuty services. Their names are agreed between the secret in AWS, its copy in the cluster
/// and Alertmanager's files; their values are in none of our files: docs/alerting.md says how they get in.
/// </summary>
public static class PagingKeys
{
    /// <summary>Secret in the namespace <c>monitoring</c>, and its ExternalSecret.</summary>
    public const string Name = "akidb-pagerduty";

    /// <summary>Where Alertmanager's pods see it (kube-prometheus-stack mounts <c>alertmanagerSpec.secrets</c> there).</summary>
    public const string Folder = "/etc/alertmanager/secrets/" + Name;

    /// <summary>Wakes somebody: high urgency, every hour of the day.</summary>
    public const string Pages = "p0";

    /// <summary>Pages in working hours: high urgency.</summary>
    public const string WorkingHours = "p1";

    /// <summary>Tickets: low urgency, nobody is woken.</summary>
    public const string Tickets = "tickets";

    /// <summary>All of them.</summary>
    public static System.Collections.Immutable.ImmutableArray<string> All { get; } = [Pages, WorkingHours, Tickets];
}
