namespace AkiDb.Infra.Costs.Capacity;

/// <summary>CPU and memory, of a pod's request or a node's room.</summary>
/// <param name="Millicores">Thousandths of a core.</param>
/// <param name="MiB">Memory.</param>
public readonly record struct PodSize(int Millicores, int MiB)
{
    /// <summary>Sum of both resources.</summary>
    public static PodSize operator +(PodSize left, PodSize right) => new(left.Millicores + right.Millicores, left.MiB + right.MiB);

    /// <summary>Difference of both resources; may be negative.</summary>
    public static PodSize operator -(PodSize left, PodSize right) => new(left.Millicores - right.Millicores, left.MiB - right.MiB);

    /// <summary>Whether this much fits into <paramref name="room"/>.</summary>
    public bool FitsIn(PodSize room) => Millicores <= room.Millicores && MiB <= room.MiB;
}
