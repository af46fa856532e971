using System.Collections.Immutable;
using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>Adds up what a simulation does, minute by minute.</summary>
internal sealed class SimulationLedger(ImmutableArray<(NodePool Pool, ImmutableArray<Offer> Offers)> pools)
{
    private const decimal Scale = BillingMonth.Hours * 60 / ClusterSimulation.Minutes;
    private const int WeekdayMinutesPerHour = 4 * 5 * 60;

    private readonly Dictionary<Offer, int> _minutes = new(ReferenceEqualityComparer.Instance);
    private readonly decimal[] _byHour = new decimal[24];
    private double _spreadPods, _spreadPodsOnSpot;
    private double _usedCpu, _usedMemory, _roomCpu, _roomMemory;
    private decimal _waste;
    private (double Qps, decimal Found, decimal Bound) _peak;
    private (int Least, int Most) _replicas = (int.MaxValue, 0);
    private long _replicaMinutes;
    private int _unplaced;
    private decimal _floor = decimal.MaxValue;

    /// <summary>Writes down that from one minute up to another nothing changed.</summary>
    public void Record(ClusterState cluster, int from, int to, double qps, int replicas)
    {
        var minutes = to - from;
        if (minutes == 0)
            return;
        decimal perHour = 0, onDemand = 0;
        foreach (var node in cluster.Nodes)
        {
            _usedCpu += (double)node.Used.Millicores * minutes;
            _usedMemory += (double)node.Used.MiB * minutes;
            _roomCpu += (double)node.Offer.Room.Millicores * minutes;
            _roomMemory += (double)node.Offer.Room.MiB * minutes;
            var spread = node.Pods.Count(pod => pod.Spreads) * (double)minutes;
            _spreadPods += spread;
            _spreadPodsOnSpot += node.Offer.IsSpot ? spread : 0;
            if (node.Pool is null)
                continue;
            _minutes[node.Offer] = _minutes.GetValueOrDefault(node.Offer) + minutes;
            perHour += node.Offer.UsdPerHour;
            if (!node.Offer.IsSpot)
                onDemand += node.Offer.UsdPerHour;
            var used = Math.Max((decimal)node.Used.Millicores / node.Offer.Room.Millicores, (decimal)node.Used.MiB / node.Offer.Room.MiB);
            _waste += node.Offer.UsdPerHour * minutes / 60 * (1 - used);
        }

        if (from / 1440 % 7 < 5)
            _byHour[from / 60 % 24] += perHour * minutes / WeekdayMinutesPerHour;
        _floor = Math.Min(_floor, onDemand);
        _replicaMinutes += (long)replicas * minutes;
        _replicas = (Math.Min(_replicas.Least, replicas), Math.Max(_replicas.Most, replicas));
        _unplaced = Math.Max(_unplaced, cluster.Unplaced.Count);
        if (qps > _peak.Qps || (qps == _peak.Qps && perHour < _peak.Found))
            _peak = (qps, perHour, qps > _peak.Qps ? Bound(cluster) : _peak.Bound);
    }

    public RegionCapacity ToResult(ClusterModel model, ClusterState cluster, ImmutableArray<string> missing)
    {
        var hours = _minutes
            .Select(entry => new NodeHours(entry.Key.Type.Name, entry.Key.IsSpot, entry.Value * Scale / 60, entry.Key.Price, entry.Key.OnDemand))
            .OrderByDescending(entry => entry.Hours).ThenBy(entry => entry.Type, StringComparer.Ordinal).ToImmutableArray();
        return new RegionCapacity
        {
            Region = model.Region,
            Hours = hours,
            MissingPrices = missing,
            VolumeGiB = model.VolumeGiB,
            PeakQps = _peak.Qps,
            Replicas = _replicas.Least == int.MaxValue ? (0, 0) : _replicas,
            ReplicaHours = _replicaMinutes * Scale / 60,
            Utilisation = _roomCpu > 0 ? (_usedCpu / _roomCpu, _usedMemory / _roomMemory) : (0, 0),
            SpotPodShare = _spreadPods > 0 ? _spreadPodsOnSpot / _spreadPods : 0,
            WasteUsd = decimal.Round(_waste * Scale, 2),
            UsdByHour = [.. _byHour],
            InterruptionsPerMonth = _minutes.Where(entry => entry.Key.IsSpot)
                .Sum(entry => entry.Value / (double)ClusterSimulation.Minutes * SpotMarket.InterruptionsPerMonth(entry.Key.Bucket)),
            BandUsd = Band(hours, model.Region),
            CeilingUsd = Ceiling(),
            PeakUsdPerHour = (_peak.Found, _peak.Bound),
            UnplacedPods = _unplaced,
            OnDemandFloorUsdPerHour = _floor == decimal.MaxValue ? 0 : _floor,
            Notes = cluster.Domains.IsEmpty ? model.Notes : model.Notes.Add($"pods spread over {cluster.Domains.Length} capacity-spread domains"),
        };
    }

    // Spot and on-demand pods are bounded apart: the spread decides which is which, not the packing.
    private decimal Bound(ClusterState cluster)
    {
        decimal bound = 0;
        foreach (var kind in cluster.Nodes.Where(node => node.Pool is not null).GroupBy(node => node.Offer.IsSpot))
        {
            var offers = pools.SelectMany(entry => entry.Offers).Where(offer => offer.IsSpot == kind.Key).ToList();
            bound += PackingBound.UsdPerHour(kind.Aggregate(default(PodSize), (sum, node) => sum + node.Used), offers);
        }

        return bound;
    }

    private (decimal Low, decimal High) Band(ImmutableArray<NodeHours> hours, string region)
    {
        var savings = pools.SelectMany(entry => entry.Offers).Where(offer => offer.IsSpot)
            .DistinctBy(offer => offer.Type.Name)
            .Select(offer => (decimal)SpotMarket.Default.Find(offer.Type.Name, region)!.Value.SavingPercent).Order().ToList();
        var onDemand = hours.Where(entry => !entry.IsSpot).Sum(entry => entry.Hours * entry.Price.FirstUsd);
        var spot = hours.Where(entry => entry.IsSpot).Sum(entry => entry.Hours * entry.OnDemand.FirstUsd);
        return savings.Count == 0
            ? (decimal.Round(onDemand, 2), decimal.Round(onDemand, 2))
            : (decimal.Round(onDemand + (spot * (100 - Percentile(savings, 0.9)) / 100), 2), decimal.Round(onDemand + (spot * (100 - Percentile(savings, 0.1)) / 100), 2));
    }

    private static decimal Percentile(List<decimal> sorted, double part) => sorted[(int)Math.Round((sorted.Count - 1) * part)];

    private decimal? Ceiling()
    {
        decimal sum = 0;
        foreach (var (pool, offers) in pools)
        {
            if (pool.CpuLimit is not { } cores || offers.IsEmpty)
                return null;
            sum += offers.Max(offer => offer.OnDemand.FirstUsd / offer.Type.VCpu) * cores;
        }

        return decimal.Round(sum * BillingMonth.Hours, 2);
    }
}
