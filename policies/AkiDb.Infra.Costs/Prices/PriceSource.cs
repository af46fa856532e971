namespace AkiDb.Infra.Costs.Prices;

/// <summary>Where a price was read.</summary>
/// <param name="Text">For a person: which list, page or repository.</param>
/// <param name="Effective">The day for which it was true.</param>
/// <param name="Confidence">How far it can be trusted.</param>
public sealed record PriceSource(string Text, DateOnly Effective, PriceConfidence Confidence);
