namespace AkiDb.Infra.Costs.Prices;

/// <summary>How far a price can be trusted, best first.</summary>
public enum PriceConfidence
{
    /// <summary>From AWS' price list or price page, or data that was generated from them.</summary>
    PriceList,

    /// <summary>Quoted from AWS by a third party.</summary>
    Quoted,

    /// <summary>Computed from another price by a rule that the source names.</summary>
    Derived,

    /// <summary>Remembered, with no source at hand: check it before relying on it.</summary>
    Memory,
}
