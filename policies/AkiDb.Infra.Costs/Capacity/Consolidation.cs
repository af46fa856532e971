namespace AkiDb.Infra.Costs.Capacity;

/// <summary>
/// Karpenter's disruption of nodes that are not needed (policy WhenEmptyOrUnderutilized): empty nodes go; a node whose pods fit
/// elsewhere goes; a node that a cheaper type could replace is replaced. Spot is replaced by spot only where 15 cheaper types
/// remain, as Karpenter 1.14 asks.
/// </summary>
internal static class Consolidation
{
    private const int LeastCheaperSpotTypes = 15;

    /// <summary>Takes one step.</summary>
    /// <param name="cluster">Is changed.</param>
    /// <param name="emptyOnly">A budget holds back everything but empty nodes.</param>
    /// <returns>False where nothing is left to do.</returns>
    public static bool Step(ClusterState cluster, bool emptyOnly)
    {
        var candidates = cluster.Nodes.Where(node => node.Pool is not null).OrderBy(node => node.Pods.Count).ThenByDescending(node => node.Offer.UsdPerHour).ToList();
        if (candidates.Find(node => node.Pods.Count == 0) is { } empty)
        {
            cluster.Remove(empty);
            return true;
        }

        return !emptyOnly && (candidates.Exists(node => TryEmpty(cluster, node)) || candidates.Exists(node => TryReplace(cluster, node)));
    }

    private static bool TryEmpty(ClusterState cluster, Node node)
    {
        var moved = new List<(Pod Pod, Node To)>();
        foreach (var pod in node.Pods.OrderByDescending(pod => pod.Size.Millicores).ToList())
        {
            var target = cluster.Nodes.Where(other => other != node && cluster.MayMove(pod, node, other)).MinBy(other => other.Room.Millicores);
            if (target is null)
            {
                foreach (var (back, to) in moved)
                {
                    to.Remove(back);
                    node.Add(back);
                }

                return false;
            }

            node.Remove(pod);
            target.Add(pod);
            moved.Add((pod, target));
        }

        cluster.Remove(node);
        return true;
    }

    private static bool TryReplace(ClusterState cluster, Node node)
    {
        var cheaper = cluster.OffersOf(node.Pool!).Where(offer => offer.IsSpot == node.Offer.IsSpot && offer.UsdPerHour < node.Offer.UsdPerHour
            && node.Used.FitsIn(offer.Room) && node.Pods.Count <= offer.Type.MaxPods).ToList();
        if (cheaper.Count == 0 || (node.Offer.IsSpot && cheaper.Count < LeastCheaperSpotTypes))
            return false;
        node.ReplaceBy(Offer.Pick(cheaper));
        return true;
    }
}
