namespace AkiDb.Local.Scoreboard;

/// <summary>Latency quantiles in milliseconds: the value below which so many per cent of the requests lie (nearest rank).</summary>
internal sealed record Quantiles(double P50, double P95, double P99)
{
    /// <summary>Of any values; null of none.</summary>
    public static Quantiles? Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? null : new Quantiles(Rank(0.50), Rank(0.95), Rank(0.99));

        double Rank(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
