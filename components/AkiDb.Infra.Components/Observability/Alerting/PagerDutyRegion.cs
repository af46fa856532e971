namespace AkiDb.Infra.Components.Observability.Alerting;

/// <summary>Where the PagerDuty account lives.</summary>
public enum PagerDutyRegion
{
    /// <summary>events.pagerduty.com.</summary>
    Us,

    /// <summary>events.eu.pagerduty.com.</summary>
    Eu,
}
