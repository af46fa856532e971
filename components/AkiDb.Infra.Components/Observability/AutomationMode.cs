namespace AkiDb.Infra.Components.Observability;

/// <summary>What an environment lets its anomaly detector and its runbooks do.</summary>
public enum AutomationMode
{
    /// <summary>Neither is there.</summary>
    Off,

    /// <summary>Anomalies are told; runbooks say what they would do and do nothing.</summary>
    DryRun,

    /// <summary>Runbooks act.</summary>
    Act,
}
