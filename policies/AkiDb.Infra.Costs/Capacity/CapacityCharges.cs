using AkiDb.Infra.Costs.Estimates;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Usage;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>What a region's simulated nodes are billed for.</summary>
internal static class CapacityCharges
{
    /// <summary>The charges of one region.</summary>
    public static IEnumerable<Charge> Of(RegionCapacity capacity, UsageProfile usage)
    {
        var fallback = usage.Number("capacity.fallbackPercent", 0) / 100;
        foreach (var id in capacity.MissingPrices)
            yield return new Charge($"Nodes of type {id["ec2.onDemand.".Length..]}, which a pool allows", id, null) { IsUsage = true };
        foreach (var hours in Split(capacity, usage.Number("capacity.spotPercent")))
        {
            if (!hours.IsSpot)
            {
                yield return Nodes($"{hours.Type}, on demand", hours.Hours, hours.Price);
                continue;
            }

            yield return Nodes($"{hours.Type}, spot", hours.Hours * (1 - fallback), hours.Price);
            if (fallback > 0)
                yield return Nodes($"{hours.Type}, on demand where no spot was to be had", hours.Hours * fallback, hours.OnDemand);
        }

        if (capacity.VolumeGiB > 0)
        {
            yield return new Charge("Root volumes, gp3", "ebs.gp3.gb", capacity.TotalHours / BillingMonth.Hours * capacity.VolumeGiB) { IsUsage = true };
        }
    }

    // A what-if on the share: the same node hours of each type, split anew. A type that is not sold as spot stays on demand.
    private static IEnumerable<NodeHours> Split(RegionCapacity capacity, decimal? spotPercent)
    {
        if (spotPercent is not { } percent)
            return capacity.Hours;
        return capacity.Hours.GroupBy(entry => entry.Type).SelectMany(type =>
        {
            var (all, onDemand) = (type.Sum(entry => entry.Hours), type.First().OnDemand);
            var spot = SpotMarket.Default.PriceOf(type.Key, onDemand);
            var onSpot = spot is null ? 0 : all * percent / 100;
            return new[] { new NodeHours(type.Key, true, onSpot, spot ?? onDemand, onDemand), new NodeHours(type.Key, false, all - onSpot, onDemand, onDemand) }
                .Where(entry => entry.Hours > 0);
        });
    }

    private static Charge Nodes(string name, decimal hours, Price price) => new(name, price.Id, hours) { Price = price, IsUsage = true };
}
