using System.Collections.Immutable;
using AkiDb.Contracts;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Usage;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>
/// A month of one cluster at one-minute steps: the traffic curve gives replicas by the autoscaler's own rule, replicas give
/// pods, pods give nodes as Karpenter would start and end them. Four whole weeks are simulated, so that each weekday counts as
/// often as in an average month, and the hours are scaled to 730.
/// </summary>
public sealed class ClusterSimulation
{
    /// <summary>Minutes that are simulated: four weeks.</summary>
    public const int Minutes = 4 * TrafficCurve.MinutesPerWeek;

    private readonly ClusterModel _model;
    private readonly PriceBook _book;
    private readonly ImmutableArray<(NodePool Pool, ImmutableArray<Offer> Offers)> _pools;
    private readonly ImmutableArray<string> _missing;

    /// <summary>Prepares a simulation: looks up what every type that the pools allow costs.</summary>
    public ClusterSimulation(ClusterModel model, PriceBook book)
    {
        (_model, _book) = (model, book);
        _pools = [.. model.Pools.Select(pool => (pool, OffersOf(pool)))];
        _missing = [.. model.Pools.SelectMany(MissingIn).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Runs it.</summary>
    /// <param name="qpsAt">Requests a second at a minute of the week.</param>
    public RegionCapacity Run(Func<int, double> qpsAt)
    {
        var cluster = new ClusterState(_pools, _model.Groups.Select(node => new Node(GroupOffer(node.Type), node.Domain, null)));
        cluster.Add(_model.Workloads.Where(workload => !workload.IsScaled).SelectMany(workload => Enumerable.Repeat(workload.Pod, workload.Replicas)));
        var ledger = new SimulationLedger(_pools);
        var scaled = _model.Workloads.FirstOrDefault(workload => workload.IsScaled);
        var rule = scaled is null
            ? ReplicaRule.Default
            : ReplicaRule.Default with { MinReplicas = scaled.Replicas, MaxReplicas = Math.Max(scaled.Replicas, scaled.MaxReplicas) };
        var (quietSince, isSettling, replicas) = (0, true, 0);
        // What does not change is written down once an hour, not once a minute.
        var (from, qps) = (0, 0.0);
        for (var minute = 0; minute < Minutes; minute++)
        {
            var now = qpsAt(minute);
            var wanted = scaled is null ? 0 : rule.ReplicasFor(now);
            if (wanted != replicas || isSettling || now != qps || minute % 60 == 0)
            {
                ledger.Record(cluster, from, minute, qps, replicas);
                (from, qps) = (minute, now);
            }

            if (wanted != replicas)
            {
                Scale(cluster, scaled!, wanted - replicas);
                (replicas, quietSince, isSettling) = (wanted, minute, true);
            }

            if (isSettling && minute - quietSince >= _model.ConsolidateMinutes)
                isSettling = Consolidate(cluster, minute);
        }

        ledger.Record(cluster, from, Minutes, qps, replicas);
        var result = ledger.ToResult(_model, cluster, _missing);
        return scaled is null || rule.CanServe(result.PeakQps) ? result : result with { Notes = [.. result.Notes, TooFew(result.PeakQps, rule)] };
    }

    private static string TooFew(double peakQps, ReplicaRule rule) => FormattableString.Invariant(
        $"the peak of {peakQps:#,0} requests/s needs more than the {rule.MaxReplicas} replicas allowed, which serve {rule.MaxReplicas * rule.RequestsPerSecondPerReplica:#,0} at full load");

    private static void Scale(ClusterState cluster, Workload workload, int change)
    {
        if (change > 0)
            cluster.Add(Enumerable.Repeat(workload.Pod, change));
        for (var removed = 0; removed < -change; removed++)
        {
            if (cluster.Count(workload.App) > 0 && !cluster.Unplaced.Remove(workload.Pod))
                cluster.RemoveOne(workload.App);
        }
    }

    // One budget of a tenth of the nodes, rounded up, a minute; true while something may still be done.
    private bool Consolidate(ClusterState cluster, int minute)
    {
        var isHeldBack = _model.Windows.Any(window => window.Holds(minute));
        var allowed = Math.Max(1, (int)Math.Ceiling(cluster.Nodes.Count * 0.1));
        for (var step = 0; step < allowed; step++)
        {
            if (!Consolidation.Step(cluster, emptyOnly: isHeldBack))
                return isHeldBack;
        }

        return true;
    }

    private Offer GroupOffer(InstanceType type) =>
        new(type, false, Unpriced(type), Unpriced(type), 0, type.Allocatable - _model.DaemonSets);

    // A group's nodes are priced with the group; the simulation only needs their room.
    private Price Unpriced(InstanceType type) => new()
    {
        Id = $"ec2.onDemand.{type.Name}",
        What = type.Name,
        Unit = "hour",
        Per = 1,
        Region = _model.Region,
        Tiers = [new PriceTier(null, 0)],
        Source = new PriceSource("priced with the node group", default, PriceConfidence.Derived),
    };

    private ImmutableArray<Offer> OffersOf(NodePool pool)
    {
        var offers =
            from type in InstanceType.All
            where pool.Allows(type) && OnDemand(type) is not null
            from isSpot in new[] { true, false }
            where isSpot ? pool.AllowsSpot : pool.AllowsOnDemand
            let price = isSpot ? SpotMarket.Default.PriceOf(type.Name, OnDemand(type)!) : OnDemand(type)
            where price is not null
            select new Offer(type, isSpot, price, OnDemand(type)!, isSpot ? SpotMarket.Default.Find(type.Name, _model.Region)!.Value.Bucket : 0, type.Allocatable - _model.DaemonSets);
        return [.. offers];
    }

    // Sold here, as the Spot Advisor says, and without a price: an error, because the cheapest node may be among them.
    private IEnumerable<string> MissingIn(NodePool pool) => InstanceType.All
        .Where(type => pool.Allows(type) && OnDemand(type) is null && SpotMarket.Default.Find(type.Name, _model.Region) is not null)
        .Select(type => $"ec2.onDemand.{type.Name}");

    private Price? OnDemand(InstanceType type) => _book.Find($"ec2.onDemand.{type.Name}", _model.Region);
}
