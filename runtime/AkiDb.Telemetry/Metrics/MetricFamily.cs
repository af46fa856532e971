using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace AkiDb.Telemetry.Metrics;

/// <summary>Metrics of one name and type that differ in their labels.</summary>
internal sealed class MetricFamily
{
    private readonly ConcurrentDictionary<string, Metric> _children = new(StringComparer.Ordinal);
    private readonly string _header;

    public MetricFamily(string name, string help, string type)
    {
        CheckName(name, allowColon: true);
        Name = name;
        Type = type;
        _header = $"# HELP {name} {help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}\n"
            + $"# TYPE {name} {type}\n";
    }

    public string Name { get; }

    public string Type { get; }

    public T Child<T>(ReadOnlySpan<(string Name, string Value)> labels, Func<T> create)
        where T : Metric
    {
        var key = Render(labels);
        return (T)_children.GetOrAdd(key, static (_, make) => make(), create);
    }

    public void Remove(ReadOnlySpan<(string Name, string Value)> labels) => _children.TryRemove(Render(labels), out _);

    public void Write(IBufferWriter<byte> output)
    {
        if (_children.IsEmpty)
        {
            return;
        }

        Encoding.UTF8.GetBytes(_header, output);
        foreach (var (labels, metric) in _children.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            metric.Write(Name, labels, output);
        }
    }

    private static string Render(ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            CheckName(name, allowColon: false);
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"")
                .Append(value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                    .Replace("\n", @"\n", StringComparison.Ordinal))
                .Append('"');
        }

        return text.ToString();
    }

    private static void CheckName(string name, bool allowColon)
    {
        var isName = name.Length > 0 && !char.IsAsciiDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_' || (allowColon && c == ':'));
        if (!isName)
        {
            throw new ArgumentException($"'{name}' is not a Prometheus name: letters, digits and '_', not a digit first.", nameof(name));
        }
    }
}
