namespace AkiDb.Contracts;

/// <summary>Kubernetes names of the services: what the infrastructure declares and the runtime looks up.</summary>
public static class ServiceNames
{
    /// <summary>Namespace of every AkiDB workload.</summary>
    public const string Namespace = "akidb";

    /// <summary>Search engine: the readers' Deployment and its Service.</summary>
    public const string SearchEngine = "akidb-rest";

    /// <summary>Search engine: the one writer's StatefulSet and its headless Service, in the home region.</summary>
    public const string SearchWriter = "akidb-writer";

    /// <summary>Traffic predictor: Deployment.</summary>
    public const string TrafficPredictor = "traffic-predictor";

    /// <summary>Service in front of <see cref="TrafficPredictor"/>.</summary>
    public const string TrafficPredictorService = "traffic-predictor-svc";

    /// <summary>Predictive autoscaler: Deployment, ServiceAccount, Lease and off-switch ConfigMap.</summary>
    public const string PredictiveAutoscaler = "predictive-autoscaler";

    /// <summary>Cost-aware router: Deployment and Service.</summary>
    public const string Router = "akidb-router";

    /// <summary>Redis that the routers share their load counters in.</summary>
    public const string RouterCounters = "akidb-router-counters";

    /// <summary>Anomaly detector: Deployment and ServiceAccount; its weekly training has the same name and the ending
    /// <c>-training</c>.</summary>
    public const string AnomalyDetector = "anomaly-detector";

    /// <summary>First part of the Deployments of the runbooks, before the runbook's name.</summary>
    public const string RunbookPrefix = "runbook-";
}
