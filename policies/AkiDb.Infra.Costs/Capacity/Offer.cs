using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>A kind of node that a pool may start.</summary>
/// <param name="Type">Instance type.</param>
/// <param name="IsSpot">Spot or on demand.</param>
/// <param name="Price">Dollars an hour.</param>
/// <param name="OnDemand">The on-demand price of the same type; <paramref name="Price"/> itself where it is on demand.</param>
/// <param name="Bucket">Interruption bucket, 0 to 4; 0 for on demand.</param>
/// <param name="Room">What pods may request on it, daemon sets taken off.</param>
public sealed record Offer(InstanceType Type, bool IsSpot, Price Price, Price OnDemand, int Bucket, PodSize Room)
{
    /// <summary>Dollars an hour.</summary>
    public decimal UsdPerHour => Price.FirstUsd;

    /// <summary>
    /// The offer that EC2 Fleet would take: on demand the cheapest (lowest-price); on spot first the pools with the deepest
    /// capacity, then the cheapest of them (price-capacity-optimized). How deep a pool is nobody publishes; its interruption
    /// bucket stands for it: the best bucket that is to be had and the next one count as deep.
    /// </summary>
    /// <param name="offers">All must fit; at least one.</param>
    public static Offer Pick(IReadOnlyCollection<Offer> offers)
    {
        // Karpenter prefers spot where a pool allows both.
        var spot = offers.Where(offer => offer.IsSpot).ToList();
        if (spot.Count == 0)
            return offers.OrderBy(offer => offer.UsdPerHour).ThenBy(offer => offer.Type.Name, StringComparer.Ordinal).First();
        var deep = spot.Min(offer => offer.Bucket) + 1;
        return spot.Where(offer => offer.Bucket <= deep)
            .OrderBy(offer => offer.UsdPerHour).ThenBy(offer => offer.Type.Name, StringComparer.Ordinal).First();
    }
}
