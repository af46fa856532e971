using AkiDb.Contracts;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>Pods of one Deployment or StatefulSet.</summary>
/// <param name="App">Its name in the cluster.</param>
/// <param name="Pod">One of them.</param>
/// <param name="Replicas">How many, or how few where the traffic scales it.</param>
public sealed record Workload(string App, Pod Pod, int Replicas)
{
    /// <summary>True where the replica rule scales it with the traffic.</summary>
    public bool IsScaled { get; init; }

    /// <summary>How many at most where the traffic scales it.</summary>
    public int MaxReplicas { get; init; } = ReplicaRule.Default.MaxReplicas;
}
