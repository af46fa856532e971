using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Refresh;

/// <summary>A spot price that held from a moment on, in one zone.</summary>
/// <param name="Type">Instance type.</param>
/// <param name="Zone">Availability zone.</param>
/// <param name="Usd">Dollars an hour.</param>
/// <param name="From">Since when.</param>
public sealed record SpotPricePoint(string Type, string Zone, decimal Usd, DateTimeOffset From);

/// <summary>What a history says of a type: over the zones, each price weighted by how long it held.</summary>
/// <param name="Type">Instance type.</param>
/// <param name="MeanUsd">Mean.</param>
/// <param name="P10Usd">A tenth of the time it was this or less.</param>
/// <param name="P90Usd">Nine tenths of the time it was this or less.</param>
public sealed record SpotPriceBand(string Type, decimal MeanUsd, decimal P10Usd, decimal P90Usd)
{
    /// <summary>The band of each type between two moments. A change before the start counts from the start, as the API returns it.</summary>
    public static ImmutableArray<SpotPriceBand> Of(IEnumerable<SpotPricePoint> points, DateTimeOffset from, DateTimeOffset to) =>
        [.. points.GroupBy(point => point.Type).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Band(group.Key, Weigh(group, from, to))).OfType<SpotPriceBand>()];

    private static List<(decimal Usd, decimal Hours)> Weigh(IEnumerable<SpotPricePoint> points, DateTimeOffset from, DateTimeOffset to)
    {
        var weighed = new List<(decimal, decimal)>();
        foreach (var zone in points.GroupBy(point => point.Zone))
        {
            var changes = zone.OrderBy(point => point.From).ToList();
            for (var index = 0; index < changes.Count; index++)
            {
                var start = changes[index].From > from ? changes[index].From : from;
                var end = index + 1 < changes.Count ? changes[index + 1].From : to;
                if (end > to)
                    end = to;
                if (end > start)
                    weighed.Add((changes[index].Usd, (decimal)(end - start).TotalHours));
            }
        }

        return weighed;
    }

    private static SpotPriceBand? Band(string type, List<(decimal Usd, decimal Hours)> weighed)
    {
        var total = weighed.Sum(entry => entry.Hours);
        return total == 0 ? null : new SpotPriceBand(type, weighed.Sum(entry => entry.Usd * entry.Hours) / total, Percentile(weighed, total * 0.1m), Percentile(weighed, total * 0.9m));
    }

    private static decimal Percentile(List<(decimal Usd, decimal Hours)> weighed, decimal hours)
    {
        decimal passed = 0;
        foreach (var (usd, held) in weighed.OrderBy(entry => entry.Usd))
        {
            passed += held;
            if (passed >= hours)
                return usd;
        }

        return weighed.Max(entry => entry.Usd);
    }
}
