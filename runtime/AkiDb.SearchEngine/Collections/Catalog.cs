using System.Collections.Concurrent;

namespace AkiDb.SearchEngine.Collections;

/// <summary>The collections that searches see.</summary>
internal sealed class Catalog
{
    private readonly ConcurrentDictionary<string, LiveCollection> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, LiveCollection> _byId = [];

    /// <summary>All, by name.</summary>
    public IEnumerable<LiveCollection> All => _byName.Values.OrderBy(collection => collection.Settings.Name, StringComparer.Ordinal);

    public LiveCollection? Find(string name) => _byName.GetValueOrDefault(name);

    public LiveCollection? Find(long id) => _byId.GetValueOrDefault(id);

    public void Add(LiveCollection collection)
    {
        _byId[collection.Id] = collection;
        _byName[collection.Settings.Name] = collection;
    }

    /// <summary>Takes a collection out of sight; null where it is not there.</summary>
    public LiveCollection? Remove(long id)
    {
        if (_byId.TryRemove(id, out var collection))
        {
            _byName.TryRemove(new KeyValuePair<string, LiveCollection>(collection.Settings.Name, collection));
        }

        return collection;
    }
}
