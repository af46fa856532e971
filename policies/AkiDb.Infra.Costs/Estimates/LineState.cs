namespace AkiDb.Infra.Costs.Estimates;

/// <summary>How much a cost line knows.</summary>
public enum LineState
{
    /// <summary>Quantity and price are known.</summary>
    Priced,

    /// <summary>The price is known, the quantity would come from usage that the usage file does not give.</summary>
    DependsOnUsage,

    /// <summary>No price is known: an error, and never $0.</summary>
    NotPriced,
}
