using System.Collections.Immutable;

namespace AkiDb.Infra.Costs.Prices;

/// <summary>What one thing costs in one region.</summary>
public sealed record Price
{
    /// <summary>Region of a price that is the same everywhere, or of a service that has no regions.</summary>
    public const string Global = "global";

    /// <summary>Name in the book, e.g. <c>vpc.nat.hour</c>; its first part groups prices of one service.</summary>
    public required string Id { get; init; }

    /// <summary>What is sold, for a person.</summary>
    public required string What { get; init; }

    /// <summary>Base unit of quantities, singular, e.g. <c>hour</c>, <c>GB</c>, <c>request</c>. GB is 1,024³ bytes, as on AWS' bills.</summary>
    public required string Unit { get; init; }

    /// <summary>How many base units the dollars are for, e.g. 10,000 requests. Above 0.</summary>
    public required decimal Per { get; init; }

    /// <summary>AWS region, or <see cref="Global"/>.</summary>
    public required string Region { get; init; }

    /// <summary>At least one; ends rise; only the last has none.</summary>
    public required ImmutableArray<PriceTier> Tiers { get; init; }

    /// <summary>Where it was read.</summary>
    public required PriceSource Source { get; init; }

    /// <summary>Free allowance that is used up first, shared by all prices that name it; null where nothing is free.</summary>
    public string? Allowance { get; init; }

    /// <summary>US dollars per <see cref="Per"/> units in the first tier: what a line shows where the quantity is not known.</summary>
    public decimal FirstUsd => Tiers[0].Usd;
}
