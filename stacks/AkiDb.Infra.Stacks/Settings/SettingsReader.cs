using System.Collections.Immutable;
using System.Text.Json;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>
/// Reads one object of the configuration and remembers what is wrong instead of stopping at the first problem. A method that
/// notes a problem returns a value all the same, so that reading goes on; such settings are never used.
/// </summary>
internal sealed class SettingsReader
{
    private readonly JsonElement _json;
    private readonly string _path;
    private readonly List<SettingsProblem> _problems;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <param name="json">The object; anything else counts as empty.</param>
    /// <param name="path">How problems name it; ends in <c>:</c> at the top, where keys follow without a dot.</param>
    /// <param name="problems">Where problems go.</param>
    public SettingsReader(JsonElement json, string path, List<SettingsProblem> problems) =>
        (_json, _path, _problems) = (json, path, problems);

    /// <summary>A required text that <paramref name="holds"/>.</summary>
    public string Text(string key, Func<string, bool> holds, string allowed, string example)
    {
        if (Find(key) is not { } value)
        {
            Problem(key, null, allowed, example);
            return "";
        }

        var text = Plain(value);
        if (text is null || !holds(text))
            Problem(key, text ?? value.GetRawText(), allowed, example);
        return text ?? "";
    }

    /// <summary>A text that <paramref name="holds"/>, or null where there is none.</summary>
    public string? OptionalText(string key, Func<string, bool> holds, string allowed, string example) =>
        Find(key) is null ? null : Text(key, holds, allowed, example);

    /// <summary>A list of texts that each <paramref name="holds"/>; absent means none.</summary>
    public ImmutableArray<string> Texts(string key, Func<string, bool> holds, string allowed, string example) =>
        [.. Items(key, allowed, example).Select((value, index) =>
        {
            var text = Plain(value);
            if (text is null || !holds(text))
                Problem($"{key}[{index}]", text ?? value.GetRawText(), allowed, example);
            return text ?? "";
        })];

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>; absent means <paramref name="otherwise"/>.</summary>
    public int Whole(string key, int least, int most, int otherwise)
    {
        if (Find(key) is not { } value)
            return otherwise;
        if (TryWhole(value, out var number) && number >= least && number <= most)
            return number;
        Problem(key, Plain(value) ?? value.GetRawText(), $"a whole number from {least} to {most}", $"{otherwise}");
        return otherwise;
    }

    /// <summary>One of a few whole numbers; absent means <paramref name="otherwise"/>.</summary>
    public int WholeOf(string key, ImmutableArray<int> allowed, int otherwise)
    {
        if (Find(key) is not { } value)
            return otherwise;
        if (TryWhole(value, out var number) && allowed.Contains(number))
            return number;
        Problem(key, Plain(value) ?? value.GetRawText(), $"one of {string.Join(", ", allowed)}", $"{otherwise}");
        return otherwise;
    }

    /// <summary>True or false; absent means <paramref name="otherwise"/>.</summary>
    public bool Flag(string key, bool otherwise)
    {
        if (Find(key) is not { } value)
            return otherwise;
        if (bool.TryParse(Plain(value) ?? value.GetRawText(), out var flag))
            return flag;
        Problem(key, Plain(value) ?? value.GetRawText(), "true or false", otherwise ? "true" : "false");
        return otherwise;
    }

    /// <summary>One of an enum's names, in camel case; absent means <paramref name="otherwise"/>.</summary>
    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (Find(key) is not { } value)
            return otherwise;
        var names = Enum.GetValues<T>().ToDictionary(choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()));
        if (Plain(value) is { } text && names.TryGetValue(text, out var chosen))
            return chosen;
        Problem(key, Plain(value) ?? value.GetRawText(), $"one of {string.Join(", ", names.Keys)}",
            JsonNamingPolicy.CamelCase.ConvertName(otherwise.ToString()));
        return otherwise;
    }

    /// <summary>Text by text, keys free; absent means none.</summary>
    public ImmutableSortedDictionary<string, string> Map(string key, Func<string, string, bool> holds, string allowed, string example)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Find(key) is not { } value)
            return entries.ToImmutable();
        if (value.ValueKind != JsonValueKind.Object)
        {
            Problem(key, value.GetRawText(), allowed, example);
            return entries.ToImmutable();
        }

        foreach (var entry in value.EnumerateObject())
        {
            var text = Plain(entry.Value);
            if (text is null || !holds(entry.Name, text))
                Problem($"{key}.{entry.Name}", text ?? entry.Value.GetRawText(), allowed, example);
            entries[entry.Name] = text ?? "";
        }

        return entries.ToImmutable();
    }

    /// <summary>A nested object; absent means an empty one.</summary>
    public SettingsReader Section(string key)
    {
        var value = Find(key);
        if (value is { ValueKind: not JsonValueKind.Object })
            Problem(key, value.Value.GetRawText(), "a group of settings", "see Pulumi.prod.yaml");
        return new SettingsReader(value ?? default, Join(key), _problems);
    }

    /// <summary>A list of one object or more.</summary>
    public ImmutableArray<SettingsReader> Sections(string key, string allowed, string example)
    {
        var found = Find(key);
        if (found is null || (found.Value.ValueKind == JsonValueKind.Array && found.Value.GetArrayLength() == 0))
            Problem(key, found?.GetRawText(), $"at least one: {allowed}", example);
        return [.. Items(key, allowed, example).Select((value, index) =>
        {
            if (value.ValueKind != JsonValueKind.Object)
                Problem($"{key}[{index}]", value.GetRawText(), allowed, example);
            return new SettingsReader(value, Join($"{key}[{index}]"), _problems);
        })];
    }

    /// <summary>Notes a problem that only shows across settings. A setting whose own value is wrong, or whose group is no group, gets no
    /// second problem: what follows from the first would only hide it.</summary>
    public void Problem(string key, string? value, string allowed, string example) =>
        Note(new SettingsProblem(Join(key), value, allowed, example));

    /// <summary>Notes every key that nothing asked for: a misspelt optional setting would else be silently ignored.</summary>
    public void RefuseUnknownKeys()
    {
        if (_json.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in _json.EnumerateObject().Where(property => !_known.Contains(property.Name)))
        {
            var meant = NearestName.Of(property.Name, _known);
            var group = $"group has {string.Join(", ", _known.Order(StringComparer.Ordinal))}";
            var allowed = "there is no such setting; " + (meant is null ? $"this {group}" : $"did you mean {meant}? This {group}");
            Note(new SettingsProblem(Join(property.Name), property.Value.ToString(), allowed, meant ?? "remove the line") { IsUnknownKey = true });
        }
    }

    private void Note(SettingsProblem problem)
    {
        if (!_problems.Any(known => problem.Key == known.Key || problem.Key.StartsWith($"{known.Key}.", StringComparison.Ordinal)))
            _problems.Add(problem);
    }

    private JsonElement? Find(string key)
    {
        _known.Add(key);
        return _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
    }

    private List<JsonElement> Items(string key, string allowed, string example)
    {
        if (Find(key) is not { } value)
            return [];
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray()];
        Problem(key, value.GetRawText(), $"a list: {allowed}", example);
        return [];
    }

    // `pulumi config set` stores numbers and flags as text, a hand-written file as themselves; both are right.
    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static bool TryWhole(JsonElement value, out int number) =>
        int.TryParse(Plain(value), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out number);

    private string Join(string key) => _path.EndsWith(':') ? _path + key : $"{_path}.{key}";
}
