namespace AkiDb.Contracts;

/// <summary>Names of the predictive autoscaler's metrics.</summary>
public static class AutoscalerMetricNames
{
    /// <summary>Gauge: replicas that the forecast asks for, by <see cref="ReplicaRule"/>.</summary>
    public const string WantedReplicas = "akidb_autoscaler_wanted_replicas";

    /// <summary>Gauge: replicas that the load of this moment needs, by <see cref="ReplicaRule"/>.</summary>
    public const string NeededReplicas = "akidb_autoscaler_needed_replicas";

    /// <summary>Gauge: 1 while the autoscaler acts, 0 while its ConfigMap switches it off.</summary>
    public const string Enabled = "akidb_autoscaler_enabled";

    /// <summary>Counter: changes of the replica count, by <see cref="MetricLabels.Direction"/> (<c>up</c>, <c>down</c>).</summary>
    public const string Actions = "akidb_autoscaler_actions_total";
}
