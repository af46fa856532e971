namespace AkiDb.Infra.Costs.Estimates;

/// <summary>What a month is, in the three senses that a bill needs.</summary>
public static class BillingMonth
{
    /// <summary>Hours of what is billed by the hour: 365 × 24 / 12, as AWS' own calculator and Infracost count.</summary>
    public const decimal Hours = 730;

    /// <summary>Seconds of the month in which the specification counts requests: 30 days (600 × 86,400 × 30 in its week 14).</summary>
    public const decimal TrafficSeconds = 30 * 86_400;

    /// <summary>Seconds of what is billed by the second all month long.</summary>
    public const decimal Seconds = Hours * 3_600;
}
