using System.Buffers;
using System.Collections.Concurrent;

namespace AkiDb.Telemetry.Metrics;

/// <summary>
/// The metrics of one process, written in Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
/// Metrics are made once and kept by their users; updating one takes no lock.
/// </summary>
public sealed class MetricRegistry
{
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Action> _collectors = [];

    /// <summary>A counter; the same arguments give the same counter.</summary>
    /// <param name="name">Name with unit and <c>_total</c>.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="labels">Label names and values.</param>
    /// <exception cref="ArgumentException">A name is not a Prometheus name, or the metric exists with another type.</exception>
    public Counter Counter(string name, string help, params ReadOnlySpan<(string Name, string Value)> labels) =>
        Family(name, help, "counter").Child(labels, static () => new Counter());

    /// <summary>A gauge; the same arguments give the same gauge.</summary>
    /// <inheritdoc cref="Counter"/>
    public Gauge Gauge(string name, string help, params ReadOnlySpan<(string Name, string Value)> labels) =>
        Family(name, help, "gauge").Child(labels, static () => new Gauge());

    /// <summary>A histogram; the same arguments give the same histogram.</summary>
    /// <param name="name">Name with unit.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="bounds">Upper bounds of the buckets in ascending order, without infinity.</param>
    /// <param name="labels">Label names and values.</param>
    /// <exception cref="ArgumentException">A name is not a Prometheus name, or the metric exists with another type.</exception>
    public Histogram Histogram(string name, string help, double[] bounds, params ReadOnlySpan<(string Name, string Value)> labels) =>
        Family(name, help, "histogram").Child(labels, () => new Histogram(bounds));

    /// <summary>Forgets a labelled metric, such as the gauge of a backend that is gone.</summary>
    public void Remove(string name, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        if (_families.TryGetValue(name, out var family))
        {
            family.Remove(labels);
        }
    }

    /// <summary>Calls <paramref name="collect"/> before each exposition, to set gauges that are read rather than counted.</summary>
    public void BeforeExposition(Action collect) => _collectors.Enqueue(collect);

    /// <summary>Writes every metric, sorted by name.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        foreach (var collect in _collectors)
        {
            collect();
        }

        foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            family.Write(output);
        }
    }

    private MetricFamily Family(string name, string help, string type)
    {
        var family = _families.GetOrAdd(name, static (key, arg) => new MetricFamily(key, arg.help, arg.type), (help, type));
        return family.Type == type
            ? family
            : throw new ArgumentException($"Metric '{name}' is a {family.Type}; it cannot be a {type} too.", nameof(name));
    }
}
