using System.Collections.Frozen;

namespace AkiDb.VectorIndex;

/// <summary>A filter that keeps an explicit set of keys; small sets are looked up directly instead of scanned for.</summary>
public sealed class KeySet : IKeyFilter
{
    private readonly FrozenSet<ulong> _keys;

    /// <summary>Keeps <paramref name="keys"/>; keys that the index does not hold are harmless.</summary>
    public KeySet(IEnumerable<ulong> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys.ToFrozenSet();
    }

    /// <summary>How many distinct keys the set holds.</summary>
    public int Count => _keys.Count;

    /// <inheritdoc/>
    public long? MaximumMatches => _keys.Count;

    internal ReadOnlySpan<ulong> Keys => _keys.Items.AsSpan();

    /// <inheritdoc/>
    public bool Matches(ulong key) => _keys.Contains(key);
}
