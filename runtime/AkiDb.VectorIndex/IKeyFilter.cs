namespace AkiDb.VectorIndex;

/// <summary>
/// Says which keys a search may return. Called many times a query, from the searching thread, for keys near the query
/// and for a sample of all keys: it must be fast, free of side effects and give one answer a key during one search.
/// </summary>
public interface IKeyFilter
{
    /// <summary>Whether a result may carry <paramref name="key"/>.</summary>
    bool Matches(ulong key);

    /// <summary>
    /// Upper bound on how many keys can match, when that is known; null otherwise. A small bound saves the sampling that
    /// estimates selectivity.
    /// </summary>
    long? MaximumMatches => null;
}
