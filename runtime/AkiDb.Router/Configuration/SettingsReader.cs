using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkiDb.Router.Configuration;

/// <summary>
/// Reads one object of a configuration; a wrong value adds an error and yields the fallback, so that reading goes on and every
/// error is reported at once. A key that was never asked for is an error too.
/// </summary>
internal sealed class SettingsReader(JsonObject source, string path, List<ConfigError> errors)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Errors of the whole configuration so far.</summary>
    public int ErrorCount => errors.Count;

    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public bool Has(string key) => source.TryGetPropertyValue(key, out var node) && node is not null;

    public void Refuse(string key, string? value, string allowed, string example) =>
        errors.Add(new ConfigError(PathOf(key), value, allowed, example));

    public string? Text(string key, string allowed, string example, Func<string, bool>? isValid = null)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 && isValid?.Invoke(text) != false)
        {
            return text;
        }

        Refuse(key, node.ToJsonString(), allowed, Quote(example));
        return null;
    }

    public string RequiredText(string key, string allowed, string example, Func<string, bool>? isValid = null)
    {
        if (!Has(key))
        {
            _asked.Add(key);
            Refuse(key, null, allowed, Quote(example));
            return example;
        }

        return Text(key, allowed, example, isValid) ?? example;
    }

    public decimal? Number(string key, decimal minimum, decimal maximum, string unit, string example)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is JsonValue && node.GetValueKind() is JsonValueKind.Number
            && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        Refuse(key, node.ToJsonString(), Range(minimum, maximum, unit), example);
        return null;
    }

    public decimal RequiredNumber(string key, decimal minimum, decimal maximum, string unit, string example)
    {
        if (!Has(key))
        {
            _asked.Add(key);
            Refuse(key, null, Range(minimum, maximum, unit), example);
            return minimum;
        }

        return Number(key, minimum, maximum, unit, example) ?? minimum;
    }

    public int Integer(string key, int minimum, int maximum, string unit, int fallback) =>
        (int)LongInteger(key, minimum, maximum, unit, fallback);

    public long LongInteger(string key, long minimum, long maximum, string unit, long fallback)
    {
        if (Number(key, minimum, maximum, $"whole {unit}", fallback.ToString(CultureInfo.InvariantCulture)) is not { } number)
        {
            return fallback;
        }

        if (decimal.IsInteger(number))
        {
            return (long)number;
        }

        Refuse(key, number.ToString(CultureInfo.InvariantCulture), Range(minimum, maximum, $"whole {unit}"), $"{fallback}");
        return fallback;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Node(key) is not { } node)
        {
            return fallback;
        }

        if (node.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return node.GetValueKind() is JsonValueKind.True;
        }

        Refuse(key, node.ToJsonString(), "true or false", fallback ? "true" : "false");
        return fallback;
    }

    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices, T fallback, bool required = false)
    {
        var allowed = string.Join(", ", choices.Keys);
        var example = choices.First().Key;
        var text = required ? RequiredText(key, allowed, example, choices.ContainsKey) : Text(key, allowed, example, choices.ContainsKey);
        return text is null ? fallback : choices[text];
    }

    public SettingsReader? Object(string key) =>
        Node(key) switch
        {
            null => null,
            JsonObject found => new SettingsReader(found, PathOf(key), errors),
            var other => RefuseShape(key, other, "an object", "{ … }"),
        };

    /// <summary>The objects of a list; a lone string in it is read as an object with one key, <paramref name="shorthand"/>.</summary>
    public IEnumerable<SettingsReader> Objects(string key, string? shorthand = null)
    {
        if (Node(key) is not { } node)
        {
            yield break;
        }

        if (node is not JsonArray list)
        {
            RefuseShape(key, node, "a list", "[ … ]");
            yield break;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject item)
            {
                yield return new SettingsReader(item, $"{PathOf(key)}[{i}]", errors);
            }
            else if (shorthand is not null && list[i]?.GetValueKind() == JsonValueKind.String)
            {
                yield return new SettingsReader(new JsonObject { [shorthand] = list[i]!.DeepClone() }, $"{PathOf(key)}[{i}]", errors);
            }
            else
            {
                errors.Add(new ConfigError($"{PathOf(key)}[{i}]", list[i]?.ToJsonString() ?? "null", "an object", "{ … }"));
            }
        }
    }

    /// <summary>Call last: every key that nothing asked for is an error that lists the known ones.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var (key, value) in source.Where(entry => !_asked.Contains(entry.Key)))
        {
            Refuse(key, $"the unknown key with value {Shorten(value?.ToJsonString() ?? "null")}",
                $"only the keys {string.Join(", ", _asked.Order(StringComparer.Ordinal))}", _asked.Min(StringComparer.Ordinal) ?? "none");
        }
    }

    private JsonNode? Node(string key)
    {
        _asked.Add(key);
        return source.TryGetPropertyValue(key, out var node) ? node : null;
    }

    private SettingsReader? RefuseShape(string key, JsonNode node, string allowed, string example)
    {
        Refuse(key, Shorten(node.ToJsonString()), allowed, example);
        return null;
    }

    private static string Range(decimal minimum, decimal maximum, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{minimum:#,0.######} to {maximum:#,0.######} {unit}");

    private static string Quote(string text) => $"\"{text}\"";

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "…";
}
