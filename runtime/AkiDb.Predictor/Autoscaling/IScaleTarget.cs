namespace AkiDb.Predictor.Autoscaling;

/// <summary>What is scaled.</summary>
internal interface IScaleTarget
{
    /// <summary>Kind and name, e.g. <c>deployment/akidb-rest</c>.</summary>
    string Name { get; }

    /// <summary>Reads how many replicas it has been told to have.</summary>
    /// <exception cref="HttpRequestException">The API refused or cannot be reached.</exception>
    Task<TargetScale> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sets the number, if the target has not changed since it was read.</summary>
    /// <exception cref="Kubernetes.KubernetesException">It has, which is a conflict; or the API refused.</exception>
    Task WriteAsync(TargetScale read, int replicas, CancellationToken cancellationToken);

    /// <summary>The object that events are about.</summary>
    System.Text.Json.Nodes.JsonObject Reference();
}

/// <summary>A target as it was read.</summary>
/// <param name="Replicas">Replicas that it has been told to have; 0 where someone has switched it off.</param>
/// <param name="Version">Its <c>resourceVersion</c>.</param>
internal sealed record TargetScale(int Replicas, string Version);
