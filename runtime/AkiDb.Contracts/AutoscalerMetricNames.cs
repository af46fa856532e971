namespace AkiDb.Contracts;

/// <summary>Names of the predictive autoscaler's metrics.</summary>
public static class AutoscalerMetricNames
{
    /// <summary>Gauge: replicas that the forecast asks for, by <see cref="ReplicaRule"/>, before any limit; absent while no forecast is
    /// used.</summary>
    public const string WantedReplicas = "akidb_autoscaler_wanted_replicas";

    /// <summary>Gauge: replicas that the load of this moment needs, by <see cref="ReplicaRule"/>; absent while the load is unknown.</summary>
    public const string NeededReplicas = "akidb_autoscaler_needed_replicas";

    /// <summary>Gauge: 1 while forecasts may be used, 0 while the ConfigMap switches them off and the load alone decides.</summary>
    public const string Enabled = "akidb_autoscaler_enabled";

    /// <summary>Counter: changes of the replica count, by <see cref="MetricLabels.Direction"/> (<c>up</c>, <c>down</c>).</summary>
    public const string Actions = "akidb_autoscaler_actions_total";

    /// <summary>Gauge: replicas that the last decision set or would have set.</summary>
    public const string DecidedReplicas = "akidb_autoscaler_decided_replicas";

    /// <summary>Gauge: replicas that the target was told to have when it was last read.</summary>
    public const string CurrentReplicas = "akidb_autoscaler_current_replicas";

    /// <summary>Gauge: 1 while a forecast takes part in decisions, else 0.</summary>
    public const string ForecastUsed = "akidb_autoscaler_forecast_used";

    /// <summary>Gauge: 1 in the pod that leads, else 0.</summary>
    public const string Leading = "akidb_autoscaler_leading";

    /// <summary>Gauge: seconds since the last decision that was carried out, or needed no change.</summary>
    public const string LastDecisionAge = "akidb_autoscaler_last_decision_age_seconds";

    /// <summary>Counter: decisions, by <see cref="MetricLabels.Reason"/>.</summary>
    public const string Decisions = "akidb_autoscaler_decisions_total";

    /// <summary>Counter: failed calls, by label call (<c>traffic</c>, <c>forecast</c>, <c>scale</c>, <c>switch</c>, <c>lease</c>,
    /// <c>event</c>).</summary>
    public const string Failures = "akidb_autoscaler_failures_total";

    /// <summary>Counter: writes that met a newer version of their object and were decided again.</summary>
    public const string Conflicts = "akidb_autoscaler_conflicts_total";
}
