namespace AkiDb.VectorIndex.Engines;

/// <summary>How a search honours a filter.</summary>
internal enum FilterStrategy
{
    /// <summary>The one that the estimated selectivity favours. The others are for measuring that choice.</summary>
    Estimated = 0,

    /// <summary>Measure every vector that matches.</summary>
    Scan,

    /// <summary>Traverse matching vectors only, passing through the others.</summary>
    PassThrough,

    /// <summary>Traverse as without a filter, keep more candidates, drop what does not match.</summary>
    WiderPool,
}
