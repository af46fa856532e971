namespace AkiDb.Contracts;

/// <summary>What the anomaly detector tells CloudWatch, where alarms do not depend on the cluster that is being judged. Every metric has
/// the one dimension <see cref="Cluster"/>. The same verdicts stand in Prometheus (<see cref="AnomalyMetricNames"/>).</summary>
public static class AnomalyCloudMetricNames
{
    /// <summary>CloudWatch namespace.</summary>
    public const string Namespace = "AkiDB/Anomalies";

    /// <summary>Dimension: name of the cluster.</summary>
    public const string Cluster = "Cluster";

    /// <summary>1 where the 95th percentile of the latency lies outside its interval, else 0.</summary>
    public const string Latency = "LatencyAnomaly";

    /// <summary>1 where the share of errors lies outside its interval, else 0.</summary>
    public const string Errors = "ErrorAnomaly";

    /// <summary>1 where the requests a second lie outside their interval, else 0.</summary>
    public const string Throughput = "ThroughputAnomaly";

    /// <summary>1 a judgement; its absence says that nobody looks.</summary>
    public const string Judgements = "Judgements";
}
