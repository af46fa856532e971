using AkiDb.Contracts;
using AkiDb.SearchEngine.Hosting;
using AkiDb.Telemetry.Metrics;

namespace AkiDb.SearchEngine.Observability;

/// <summary>What the collections hold, read when metrics are.</summary>
internal sealed class CollectionGauges
{
    private const string Label = "collection";

    private readonly MetricRegistry _registry;
    private readonly EngineState _engine;
    private readonly (string, string)[] _place;
    private readonly HashSet<string> _known = [];
    private readonly Lock _gate = new();

    public CollectionGauges(MetricRegistry registry, EngineState engine, params (string, string)[] place)
    {
        (_registry, _engine, _place) = (registry, engine, place);
        registry.BeforeExposition(Read);
    }

    private void Read()
    {
        if (_engine.Store is not { } store)
        {
            return;
        }

        _registry.Gauge(SearchMetricNames.Sequence, "Number of the last change that searches see.", _place).Value = store.Sequence;
        if (_engine.Staleness is { } staleness)
        {
            _registry.Gauge(SearchMetricNames.Staleness, "Age of what this reader answers from.", _place).Value = staleness.TotalSeconds;
        }

        // Expositions may overlap.
        lock (_gate)
        {
            var gone = _known.ToHashSet();
            foreach (var collection in store.Catalog.All)
            {
                (string, string)[] labels = [.. _place, (Label, collection.Settings.Name)];
                _registry.Gauge(SearchMetricNames.Documents, "Documents.", labels).Value = collection.Cards.Count;
                _registry.Gauge(SearchMetricNames.IndexBytes, "Memory of the index.", labels).Value = collection.Index.GetStatistics().TotalBytes;
                _known.Add(collection.Settings.Name);
                gone.Remove(collection.Settings.Name);
            }

            foreach (var name in gone)
            {
                _registry.Remove(SearchMetricNames.Documents, [.. _place, (Label, name)]);
                _registry.Remove(SearchMetricNames.IndexBytes, [.. _place, (Label, name)]);
                _known.Remove(name);
            }
        }
    }
}
