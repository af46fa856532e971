using AkiDb.Infra.Costs.Estimates;

namespace AkiDb.Infra.Costs.Usage;

/// <summary>Requests a second over a week that repeats, by hour UTC.</summary>
public sealed class TrafficCurve
{
    /// <summary>Minutes of a week; minute 0 is Monday 00:00 UTC.</summary>
    public const int MinutesPerWeek = 7 * 24 * 60;

    private readonly double[] _hourly;

    private TrafficCurve(double[] hourly, decimal requestsPerMonth) => (_hourly, RequestsPerMonth) = (hourly, requestsPerMonth);

    /// <summary>Requests in a month of 30 average days.</summary>
    public decimal RequestsPerMonth { get; }

    /// <summary>The curve of a profile, scaled to its <c>traffic.requestsPerMonth</c> where it has one; null where it gives no
    /// curve, and then a volume alone is spread evenly.</summary>
    public static TrafficCurve? Of(UsageProfile usage)
    {
        var volume = usage.Number("traffic.requestsPerMonth");
        if (usage.Numbers("traffic.weekdayQps") is not { } weekday || usage.Numbers("traffic.weekendQps") is not { } weekend)
        {
            return volume is { } requests
                ? new TrafficCurve([.. Enumerable.Repeat((double)(requests / BillingMonth.TrafficSeconds), 7 * 24)], requests)
                : null;
        }

        decimal[] week = [.. Enumerable.Range(0, 7).SelectMany(day => day < 5 ? weekday : weekend)];
        var own = week.Average() * BillingMonth.TrafficSeconds;
        var scale = volume is { } wanted && own > 0 ? wanted / own : 1;
        return new TrafficCurve([.. week.Select(qps => (double)(qps * scale))], own * scale);
    }

    /// <summary>Requests a second at a minute of the week (from 0), which may lie past its end.</summary>
    public double At(int minute) => _hourly[minute % MinutesPerWeek / 60];

    /// <summary>The greatest requests a second.</summary>
    public double Peak => _hourly.Max();
}
