using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Estimates;

/// <summary>One thing that a resource is billed for, before a price has been looked up.</summary>
/// <param name="Name">What is billed, for a person.</param>
/// <param name="PriceId">Price in the book.</param>
/// <param name="Quantity">Base units of that price a month; null where usage would have to say and does not.</param>
public sealed record Charge(string Name, string PriceId, decimal? Quantity)
{
    /// <summary>Region of the price; null for the resource's own.</summary>
    public string? Region { get; init; }

    /// <summary>True where the quantity follows from usage, false where it comes from existing alone.</summary>
    public bool IsUsage { get; init; }

    /// <summary>Usage key that would give the quantity; shown where it is missing.</summary>
    public string? UsageKey { get; init; }

    /// <summary>A price that stands in no book because it was computed, e.g. spot; null to look <see cref="PriceId"/> up.</summary>
    public Price? Price { get; init; }

    /// <summary>What the reader should know about the number.</summary>
    public string? Note { get; init; }

    /// <summary>A charge whose quantity usage gives; <paramref name="quantity"/> is null where <paramref name="key"/> has no value.</summary>
    public static Charge ByUsage(string name, string priceId, decimal? quantity, string key) =>
        new(name, priceId, quantity) { IsUsage = true, UsageKey = key };

    /// <summary>A charge for every hour of the month.</summary>
    public static Charge Hourly(string name, string priceId, decimal count = 1) => new(name, priceId, count * BillingMonth.Hours);
}
