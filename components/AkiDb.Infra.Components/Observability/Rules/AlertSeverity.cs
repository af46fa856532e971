namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>What an alert asks of people (specification W15).</summary>
public enum AlertSeverity
{
    /// <summary>Clients are hurt: somebody is woken.</summary>
    P0,

    /// <summary>Clients will be hurt: a page in working hours, a ticket outside them.</summary>
    P1,

    /// <summary>Somebody should look: a ticket.</summary>
    P2,
}
