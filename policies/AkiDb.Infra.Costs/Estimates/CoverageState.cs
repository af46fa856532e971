namespace AkiDb.Infra.Costs.Estimates;

/// <summary>What an estimate says of a resource as a whole.</summary>
public enum CoverageState
{
    /// <summary>It has cost lines.</summary>
    Priced,

    /// <summary>AWS does not charge for it; the reason says why.</summary>
    Free,

    /// <summary>Its cost stands with another item, which the reason names.</summary>
    Elsewhere,

    /// <summary>This program does not know what it costs. It is counted and listed.</summary>
    Unsupported,
}
