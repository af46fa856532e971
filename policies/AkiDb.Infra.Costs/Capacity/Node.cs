namespace AkiDb.Infra.Costs.Capacity;

/// <summary>A node of the simulated cluster.</summary>
internal sealed class Node(Offer offer, string domain, NodePool? pool)
{
    private readonly List<Pod> _pods = [];

    public Offer Offer { get; private set; } = offer;

    /// <summary>Value of its capacity-spread label.</summary>
    public string Domain { get; } = domain;

    /// <summary>The pool that started it; null for a node of a managed group, which is never taken away.</summary>
    public NodePool? Pool { get; } = pool;

    public IReadOnlyList<Pod> Pods => _pods;

    public PodSize Used { get; private set; }

    public PodSize Room => Offer.Room - Used;

    public bool Takes(Pod pod) => pod.Size.FitsIn(Room) && _pods.Count < Offer.Type.MaxPods
        && (pod.OnlyDomains.IsEmpty || pod.OnlyDomains.Contains(Domain));

    public void Add(Pod pod)
    {
        _pods.Add(pod);
        Used += pod.Size;
    }

    public void Remove(Pod pod)
    {
        if (!_pods.Remove(pod))
            throw new InvalidOperationException($"The node has no pod of {pod.App}.");
        Used -= pod.Size;
    }

    /// <summary>The same pods on another kind of node: what a replacement comes to.</summary>
    public void ReplaceBy(Offer cheaper) => Offer = cheaper;
}
