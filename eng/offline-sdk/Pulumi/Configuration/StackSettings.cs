using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>The settings of a stack, by full key such as <c>aws:region</c>.</summary>
internal sealed class StackSettings
{
    private readonly ImmutableDictionary<string, string> _values;

    private StackSettings(ImmutableDictionary<string, string> values) => _values = values;

    /// <summary>
    /// Reads the JSON object in the environment variable PULUMI_CONFIG. Values that are not strings become their JSON text, and
    /// the old form of a key, <c>ns:config:key</c>, becomes <c>ns:key</c>.
    /// </summary>
    public static StackSettings FromEnvironment()
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable("PULUMI_CONFIG") is { } json)
        {
            using var document = JsonDocument.Parse(json);
            foreach (var setting in document.RootElement.EnumerateObject())
            {
                values[ShortKey(setting.Name)] = setting.Value.ToString();
            }
        }

        return new(values.ToImmutable());
    }

    public string? Find(string key) => _values.GetValueOrDefault(key);

    private static string ShortKey(string key)
    {
        const string OldInfix = "config:";
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && key.AsSpan(colon + 1).StartsWith(OldInfix, StringComparison.Ordinal)
            ? string.Concat(key.AsSpan(0, colon + 1), key.AsSpan(colon + 1 + OldInfix.Length))
            : key;
    }
}
