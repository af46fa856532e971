namespace AkiDb.Infra.Components.Observability.Metrics;

/// <summary>What the External Secrets operator tells of the secrets that it copies.</summary>
public static class ExternalSecretMetrics
{
    /// <summary>Gauge: 1 for the <c>status</c> that a <c>condition</c> of the object <c>name</c> has.</summary>
    public const string Condition = "externalsecret_status_condition";
}
