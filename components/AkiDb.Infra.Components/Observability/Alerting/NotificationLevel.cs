namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>How far an environment's alerts reach.</summary>
public enum NotificationLevel
{
    /// <summary>Alertmanager and Grafana show them; nobody is told. For development.</summary>
    None,

    /// <summary>Every alert becomes a ticket, whatever its severity. For environments that nobody is on call for.</summary>
    Tickets,

    /// <summary>P0 wakes somebody, P1 pages in working hours and is a ticket outside them, P2 is a ticket.</summary>
    Pages,
}
