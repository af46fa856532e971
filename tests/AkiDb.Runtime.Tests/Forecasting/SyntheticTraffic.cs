using AkiDb.Forecasting.Traffic;

namespace AkiDb.Runtime.Tests.Forecasting;

/// <summary>Traffic with known laws, the same for a seed.</summary>
internal static class SyntheticTraffic
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A day's wave with a peak on the hour every hour, and multiplicative noise.</summary>
    public static TrafficSeries Daily(int days, int seed = 1, double mean = 1_000, double noise = 0.02)
    {
        var random = new Random(seed);
        var drift = 0.0;
        return From(days * 1440, minute =>
        {
            drift = (0.97 * drift) + (noise * Gauss(random));
            var wave = 0.6 * Math.Sin(Math.Tau * minute / 1440.0);
            var cron = minute % 60 < 3 ? 0.3 : 0;
            return mean * Math.Exp(wave + cron + drift + (noise * Gauss(random)));
        });
    }

    public static TrafficSeries Constant(int minutes, double value) => From(minutes, _ => value);

    public static TrafficSeries From(int minutes, Func<int, double> value) =>
        new(Start, Enumerable.Range(0, minutes).Select(value).ToArray());

    /// <summary>The series with every value multiplied.</summary>
    public static TrafficSeries Scaled(this TrafficSeries series, double factor) =>
        new(series.Start, Array.ConvertAll(series.Values.ToArray(), value => value * factor));

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
