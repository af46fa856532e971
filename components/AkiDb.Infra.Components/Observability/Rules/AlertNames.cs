namespace AkiDb.Infra.Components.Observability.Rules;

/// <summary>Names of alerts that code outside their own rule refers to.</summary>
public static class AlertNames
{
    /// <summary>Nothing in the region answers.</summary>
    public const string RegionDown = "RegionDown";

    /// <summary>Several spot nodes went at once.</summary>
    public const string SpotInterruptionCascade = "SpotInterruptionCascade";

    /// <summary>The autoscaler follows a peak that does not come.</summary>
    public const string ForecastFalsePositive = "ForecastFalsePositive";

    /// <summary>An objective counts nothing although there is traffic.</summary>
    public const string ObjectiveUnmeasured = "ObjectiveUnmeasured";
}
