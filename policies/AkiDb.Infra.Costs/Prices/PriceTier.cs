namespace AkiDb.Infra.Costs.Prices;

/// <summary>One step of a tiered price.</summary>
/// <param name="UpTo">Quantity in base units at which the step ends, counted from 0 over the whole month; null for the last.</param>
/// <param name="Usd">US dollars per <see cref="Price.Per"/> base units.</param>
public sealed record PriceTier(decimal? UpTo, decimal Usd);
