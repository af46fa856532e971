namespace AkiDb.Infra.Components.Observability.Metrics;

/// <summary>What the API server knows of objects, as metrics.</summary>
public static class KubeStateMetrics
{
    /// <summary>Replicas that a Deployment asks for.</summary>
    public const string DeploymentReplicas = "kube_deployment_spec_replicas";

    /// <summary>Replicas of a Deployment that are available.</summary>
    public const string DeploymentAvailable = "kube_deployment_status_replicas_available";

    /// <summary>Container limits by <c>resource</c> and <c>unit</c>.</summary>
    public const string ContainerLimits = "kube_pod_container_resource_limits";

    /// <summary>Container requests by <c>resource</c> and <c>unit</c>.</summary>
    public const string ContainerRequests = "kube_pod_container_resource_requests";

    /// <summary>Counter of restarts.</summary>
    public const string ContainerRestarts = "kube_pod_container_status_restarts_total";

    /// <summary>1 for the <c>reason</c> of a container's last end.</summary>
    public const string ContainerLastEnd = "kube_pod_container_status_last_terminated_reason";

    /// <summary>1 for the <c>phase</c> that a pod is in.</summary>
    public const string PodPhase = "kube_pod_status_phase";
}
