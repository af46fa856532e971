using AkiDb.VectorIndex;

namespace AkiDb.SearchEngine.Filters;

/// <summary>A filter as the index asks it: key by key, through the cards.</summary>
internal sealed class MetadataFilter : IKeyFilter
{
    // Below this share the survivors are named one by one and measured exactly; above it a walk that asks as it goes is cheaper.
    private const int LookUpShare = 16;

    private readonly CardTable _cards;
    private readonly FilterNode _root;

    private MetadataFilter(CardTable cards, FilterNode root, long? bound)
    {
        (_cards, _root, MaximumMatches) = (cards, root, bound);
    }

    public long? MaximumMatches { get; }

    /// <summary>The cheapest form of a filter over these documents.</summary>
    public static IKeyFilter Plan(FilterNode root, CardTable cards, PostingIndex postings)
    {
        var bound = root.Bound(postings);
        if (bound > cards.Count / LookUpShare || bound is null)
        {
            return new MetadataFilter(cards, root, bound);
        }

        var candidates = new HashSet<ulong>((int)bound.Value);
        root.Collect(postings, candidates);
        candidates.RemoveWhere(key => cards.Find(key) is not { } card || !root.Matches(card.Cells));
        return new KeySet(candidates);
    }

    public bool Matches(ulong key) => _cards.Find(key) is { } card && _root.Matches(card.Cells);
}
