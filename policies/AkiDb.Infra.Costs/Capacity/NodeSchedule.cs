using System.Collections.Immutable;
using System.Globalization;
using AkiDb.Infra.Costs.Prices;
using AkiDb.Infra.Costs.Usage;

namespace AkiDb.Infra.Costs.Capacity;

/// <summary>Fixed node hours instead of a simulation: <c>5 c7g.2xlarge 198, 2 c7g.xlarge 532</c> is five nodes for 198 hours a
/// month and two for 532, in every region.</summary>
internal static class NodeSchedule
{
    /// <summary>The capacity of a region by the schedule; all of it counts as Karpenter's and as on demand before any spot share.</summary>
    /// <exception cref="UsageException">The schedule cannot be read.</exception>
    public static RegionCapacity Of(string schedule, string region, PriceBook book)
    {
        var hours = ImmutableArray.CreateBuilder<NodeHours>();
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in schedule.Split(',', StringSplitOptions.TrimEntries))
        {
            if (entry.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var count, var type, var each]
                || !decimal.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var nodes)
                || !decimal.TryParse(each, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hoursEach))
            {
                throw new UsageException("capacity.schedule", [$"'{entry}' is not NODES TYPE HOURS; e.g. 5 c7g.2xlarge 198"]);
            }

            if (book.Find($"ec2.onDemand.{type}", region) is { } price)
                hours.Add(new NodeHours(type, false, nodes * hoursEach, price, price));
            else
                missing.Add($"ec2.onDemand.{type}");
        }

        var total = hours.Sum(entry => entry.Hours * entry.Price.FirstUsd);
        return new RegionCapacity
        {
            Region = region,
            Hours = hours.ToImmutable(),
            MissingPrices = missing.ToImmutable(),
            VolumeGiB = 0,
            PeakQps = 0,
            Replicas = (0, 0),
            Utilisation = (0, 0),
            WasteUsd = 0,
            UsdByHour = [],
            InterruptionsPerMonth = 0,
            BandUsd = (total, total),
            CeilingUsd = null,
            PeakUsdPerHour = (0, 0),
            UnplacedPods = 0,
            SpotPodShare = 0,
            OnDemandFloorUsdPerHour = 0,
            Notes = ["node hours come from capacity.schedule, not from a simulation"],
        };
    }
}
