using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>
/// Nodes, pods, and the rules of placing: kube-scheduler on the nodes that are there, Karpenter for the rest. Pods that spread
/// go where the fewest of their workload are, over every domain that the pools and groups have, as <c>minDomains</c> asks.
/// </summary>
internal sealed class ClusterState
{
    private readonly ImmutableArray<(NodePool Pool, ImmutableArray<Offer> Offers)> _pools;
    private readonly ImmutableArray<string> _domains;
    private readonly List<Node> _nodes;

    /// <param name="pools">With what they may start, priced.</param>
    /// <param name="groups">Nodes of managed groups.</param>
    public ClusterState(ImmutableArray<(NodePool Pool, ImmutableArray<Offer> Offers)> pools, IEnumerable<Node> groups)
    {
        _pools = [.. pools.OrderByDescending(entry => entry.Pool.Weight)];
        _nodes = [.. groups];
        _domains = [.. _pools.SelectMany(entry => entry.Pool.Domains).Concat(_nodes.Select(node => node.Domain))
            .Where(domain => domain.Length > 0).Distinct().Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Pods that no node takes and no pool may start a node for.</summary>
    public List<Pod> Unplaced { get; } = [];

    /// <summary>Every domain that pods spread over.</summary>
    public ImmutableArray<string> Domains => _domains;

    public int Count(string app) => _nodes.Sum(node => node.Pods.Count(pod => pod.App == app));

    /// <summary>Places pods that arrive together, largest first, as Karpenter's batch does.</summary>
    public void Add(IEnumerable<Pod> pods)
    {
        var fresh = new List<Node>();
        foreach (var pod in pods.OrderByDescending(pod => pod.Size.Millicores).ThenByDescending(pod => pod.Size.MiB).ThenBy(pod => pod.App, StringComparer.Ordinal))
            Place(pod, fresh);
        // A batch's nodes are sized once it is known what all goes on them.
        foreach (var node in fresh)
            node.ReplaceBy(Offer.Pick([.. OffersOf(node.Pool!).Where(offer => offer.IsSpot == node.Offer.IsSpot && node.Used.FitsIn(offer.Room) && node.Pods.Count <= offer.Type.MaxPods)]));
    }

    /// <summary>Takes one pod of a workload away: where most of them are, from the emptiest node.</summary>
    public void RemoveOne(string app)
    {
        var node = _nodes.Where(node => node.Pods.Any(pod => pod.App == app))
            .OrderByDescending(node => CountIn(app, node.Domain)).ThenBy(node => node.Pods.Count).First();
        node.Remove(node.Pods.First(pod => pod.App == app));
    }

    public void Remove(Node node) => _nodes.Remove(node);

    /// <summary>What a pool may start.</summary>
    public ImmutableArray<Offer> OffersOf(NodePool pool) => _pools.First(entry => entry.Pool == pool).Offers;

    /// <summary>Cores that a pool's nodes have.</summary>
    public int CoresOf(NodePool pool) => _nodes.Where(node => node.Pool == pool).Sum(node => node.Offer.Type.VCpu);

    /// <summary>Whether a pod may go to a node without breaking its spread.</summary>
    public bool MayMove(Pod pod, Node from, Node to) =>
        to.Takes(pod) && (!pod.Spreads || from.Domain == to.Domain || CountIn(pod.App, to.Domain) + 1 - (CountIn(pod.App, from.Domain) - 1) <= 1);

    private void Place(Pod pod, List<Node> fresh)
    {
        var domains = pod.Spreads && _domains.Length > 0 ? LeastUsedDomains(pod) : (IReadOnlyList<string>?)null;
        var there = _nodes.Where(node => node.Takes(pod) && (domains?.Contains(node.Domain) ?? true))
            .OrderByDescending(node => node.Used.Millicores).FirstOrDefault();
        if (there is not null)
        {
            there.Add(pod);
            return;
        }

        if (Grow(pod, domains, fresh) || Start(pod, domains, fresh))
            return;
        Unplaced.Add(pod);
    }

    private List<string> LeastUsedDomains(Pod pod)
    {
        var open = _domains.Where(domain => pod.OnlyDomains.IsEmpty || pod.OnlyDomains.Contains(domain)).ToList();
        if (open.Count == 0)
            return open;
        var counts = open.ToDictionary(domain => domain, domain => CountIn(pod.App, domain));
        var least = counts.Values.Min();
        return [.. open.Where(domain => counts[domain] == least)];
    }

    // A node of this batch may still become a larger type.
    private bool Grow(Pod pod, IReadOnlyList<string>? domains, List<Node> fresh)
    {
        foreach (var node in fresh.Where(node => (domains?.Contains(node.Domain) ?? true) && (pod.OnlyDomains.IsEmpty || pod.OnlyDomains.Contains(node.Domain))))
        {
            var larger = OffersOf(node.Pool!).Where(offer => offer.IsSpot == node.Offer.IsSpot
                && (node.Used + pod.Size).FitsIn(offer.Room) && node.Pods.Count < offer.Type.MaxPods
                && IsWithinLimit(node.Pool!, offer.Type.VCpu - node.Offer.Type.VCpu)).ToList();
            if (larger.Count == 0)
                continue;
            node.ReplaceBy(Offer.Pick(larger));
            node.Add(pod);
            return true;
        }

        return false;
    }

    private bool Start(Pod pod, IReadOnlyList<string>? domains, List<Node> fresh)
    {
        foreach (var (pool, offers) in _pools)
        {
            var open = pool.Domains.Where(domain => (domains?.Contains(domain) ?? true)
                && (pod.OnlyDomains.IsEmpty || pod.OnlyDomains.Contains(domain))).ToList();
            var fitting = offers.Where(offer => pod.Size.FitsIn(offer.Room) && IsWithinLimit(pool, offer.Type.VCpu)).ToList();
            if (open.Count == 0 || fitting.Count == 0)
                continue;
            var node = new Node(Offer.Pick(fitting), open[0], pool);
            node.Add(pod);
            _nodes.Add(node);
            fresh.Add(node);
            return true;
        }

        return false;
    }

    private bool IsWithinLimit(NodePool pool, int moreCores) => pool.CpuLimit is not { } limit || CoresOf(pool) + moreCores <= limit;

    private int CountIn(string app, string domain) =>
        _nodes.Where(node => node.Domain == domain).Sum(node => node.Pods.Count(pod => pod.App == app));
}
