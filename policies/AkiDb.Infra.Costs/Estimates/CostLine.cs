using AkiDb.Infra.Costs.Prices;

namespace AkiDb.Infra.Costs.Estimates;

/// <summary>One line of an estimate.</summary>
public sealed record CostLine
{
    /// <summary>What is billed.</summary>
    public required string Name { get; init; }

    /// <summary>First part of the price's id, e.g. <c>ec2</c>: what lines are grouped and budgeted by.</summary>
    public required string Service { get; init; }

    /// <summary>Id of the price, known or not.</summary>
    public required string PriceId { get; init; }

    /// <summary>AWS region; null for what has none.</summary>
    public string? Region { get; init; }

    /// <summary>How much the line knows.</summary>
    public required LineState State { get; init; }

    /// <summary>Base units a month; null unless <see cref="LineState.Priced"/>.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The price; null where it is not known.</summary>
    public Price? Price { get; init; }

    /// <summary>US dollars a month, rounded to cents as a bill is, so that sums of lines are sums of what is shown;
    /// 0 unless <see cref="LineState.Priced"/>.</summary>
    public decimal MonthlyUsd { get; init; }

    /// <summary>True where usage drives it, false for the baseline that comes from existing.</summary>
    public required bool IsUsage { get; init; }

    /// <summary>Usage key that would give or gives the quantity.</summary>
    public string? UsageKey { get; init; }

    /// <summary>What the reader should know.</summary>
    public string? Note { get; init; }

    /// <summary>The price and what it is for, e.g. <c>$0.045 per GB</c>, <c>$5 per 1,000,000 traces</c>; the first tier's where there are tiers.</summary>
    public string UnitPriceText => Price is null
        ? $"no price for '{PriceId}' in {Region ?? Prices.Price.Global}"
        : Price.Per == 1
            ? FormattableString.Invariant($"${Price.FirstUsd:0.##########} per {Price.Unit}")
            : FormattableString.Invariant($"${Price.FirstUsd:0.##########} per {Price.Per:#,0} {Price.Unit}s");
}
