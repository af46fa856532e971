namespace AkiDb.Contracts;

/// <summary>Keys of the ConfigMap <see cref="ServiceNames.PredictiveAutoscaler"/>, by which people and runbooks rule the autoscaler.</summary>
public static class ScalingSwitchKeys
{
    /// <summary><c>"true"</c> or <c>"false"</c>; with anything but <c>"true"</c> forecasts are ignored and current traffic alone
    /// decides.</summary>
    public const string Enabled = "enabled";

    /// <summary>Fewest replicas, a whole number from 1.</summary>
    public const string MinReplicas = "minReplicas";

    /// <summary>Most replicas, a whole number not below <see cref="MinReplicas"/>.</summary>
    public const string MaxReplicas = "maxReplicas";
}
