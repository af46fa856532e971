namespace AkiDb.Contracts;

/// <summary>Where the cluster's monitoring is found: what the infrastructure declares and the services ask.</summary>
public static class MonitoringNames
{
    /// <summary>Namespace of Prometheus, Alertmanager, Grafana and the collectors.</summary>
    public const string Namespace = "monitoring";

    /// <summary>Address of Prometheus inside the cluster.</summary>
    public const string PrometheusUrl = "http://prometheus-operated.monitoring:9090";

    /// <summary>Address of Alertmanager inside the cluster.</summary>
    public const string AlertmanagerUrl = "http://alertmanager-operated.monitoring:9093";

    /// <summary>Where services send traces by OTLP over gRPC: the collector on the pod's own node.</summary>
    public const string TraceEndpoint = "http://otel-agent.monitoring:4317";
}
