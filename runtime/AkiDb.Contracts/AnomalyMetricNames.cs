namespace AkiDb.Contracts;

/// <summary>Names of the anomaly detector's metrics: what a golden signal is, and what its season says it should be.</summary>
public static class AnomalyMetricNames
{
    /// <summary>Gauge: 95th percentile of the latency that was judged last, in seconds.</summary>
    public const string ObservedSeconds = "akidb_anomaly_latency_observed_seconds";

    /// <summary>Gauge: what the seasonal model expects of it, in seconds.</summary>
    public const string ExpectedSeconds = "akidb_anomaly_latency_expected_seconds";

    /// <summary>Gauge: upper edge of the 95 % interval, in seconds.</summary>
    public const string UpperSeconds = "akidb_anomaly_latency_upper_seconds";

    /// <summary>Gauge: lower edge of the 95 % interval, in seconds.</summary>
    public const string LowerSeconds = "akidb_anomaly_latency_lower_seconds";

    /// <summary>Counter: samples outside the interval.</summary>
    public const string Detections = "akidb_anomaly_detections_total";
}
