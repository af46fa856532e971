namespace AkiDb.Contracts;

/// <summary>
/// How many replicas of the search engine a load needs: ceil(load / (capacity × target)), between two bounds. The autoscaler
/// applies it to a forecast, the cost preview to a traffic curve, so that both speak of the same cluster.
/// </summary>
public sealed record ReplicaRule
{
    /// <summary>The rule with the specification's numbers: 350 requests a second a replica, 80 % of it, 2 to 20 replicas.</summary>
    public static ReplicaRule Default { get; } = new();

    /// <summary>What one replica serves within its latency objective, requests a second. Above 0. Default: 350.</summary>
    public double RequestsPerSecondPerReplica { get; init; } = 350;

    /// <summary>Share of that capacity to plan with, above 0 and at most 1. Default: 0.8.</summary>
    public double TargetUtilisation { get; init; } = 0.8;

    /// <summary>Never fewer. At least 1. Default: 2.</summary>
    public int MinReplicas { get; init; } = 2;

    /// <summary>Never more. At least <see cref="MinReplicas"/>. Default: 20.</summary>
    public int MaxReplicas { get; init; } = 20;

    /// <summary>True if <see cref="MaxReplicas"/> replicas, used to the full, serve a load of so many requests a second.</summary>
    public bool CanServe(double requestsPerSecond) => requestsPerSecond <= MaxReplicas * RequestsPerSecondPerReplica;

    /// <summary>Replicas for a load.</summary>
    /// <param name="requestsPerSecond">The load, 0 or more. A load that is no number or infinite wants <see cref="MaxReplicas"/>:
    /// a broken measurement must not take capacity away.</param>
    public int ReplicasFor(double requestsPerSecond)
    {
        var wanted = Math.Ceiling(requestsPerSecond / (RequestsPerSecondPerReplica * TargetUtilisation));
        return double.IsFinite(wanted) ? (int)Math.Clamp(wanted, MinReplicas, MaxReplicas) : MaxReplicas;
    }
}
