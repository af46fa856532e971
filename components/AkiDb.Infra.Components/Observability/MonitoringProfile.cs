namespace AkiDb.Infra.Components.Observability;

/// <summary>How much of an in-cluster monitoring a cluster gets.</summary>
public enum MonitoringProfile
{
    /// <summary>None: no Prometheus, hence no forecasts, no alerts and no dashboards either.</summary>
    Off,

    /// <summary>One of each, for environments whose gaps nobody is woken for.</summary>
    Small,

    /// <summary>Two Prometheus servers and two Alertmanagers, so that a drained node leaves no gap and no silence.</summary>
    Standard,
}
