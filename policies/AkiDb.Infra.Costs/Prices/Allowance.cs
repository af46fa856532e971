namespace AkiDb.Infra.Costs.Prices;

/// <summary>What an account gets free every month, for ever; trial periods are not in the book.</summary>
/// <param name="Id">Name that prices refer to.</param>
/// <param name="What">For a person.</param>
/// <param name="Unit">Base unit, the same as that of the prices.</param>
/// <param name="Quantity">Base units a month.</param>
/// <param name="Source">Where it was read.</param>
public sealed record Allowance(string Id, string What, string Unit, decimal Quantity, PriceSource Source);
