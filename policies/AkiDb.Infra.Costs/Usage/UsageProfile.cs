using System.Collections.Immutable;
using System.Globalization;

namespace AkiDb.Infra.Costs.Usage;

/// <summary>What usage says under one scenario: checked texts by key, read as what they are.</summary>
public sealed class UsageProfile
{
    private readonly ImmutableSortedDictionary<string, string> _values;

    private UsageProfile(string scenario, ImmutableSortedDictionary<string, string> values) => (Scenario, _values) = (scenario, values);

    /// <summary>A usage that says nothing: everything it would drive reads "depends on usage".</summary>
    public static UsageProfile Empty { get; } = new("none", ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Name of the scenario.</summary>
    public string Scenario { get; }

    /// <summary>Every value, by key.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Makes a profile.</summary>
    /// <param name="scenario">Name of the scenario.</param>
    /// <param name="values">Text by key; a list is its numbers with commas between.</param>
    /// <param name="origin">What errors call the place where the values stand.</param>
    /// <exception cref="UsageException">A key does not exist or a value is not allowed; it lists all.</exception>
    public static UsageProfile Of(string scenario, IEnumerable<KeyValuePair<string, string>> values, string origin)
    {
        var all = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, values);
        var problems = all.Select(entry => FaultOf(entry.Key, entry.Value)).OfType<string>().ToList();
        var shares = UsageKeys.Geographies.Sum(geography => all.TryGetValue($"traffic.geography.{geography}", out var text)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : 0);
        if (all.Keys.Any(key => key.StartsWith("traffic.geography.", StringComparison.Ordinal)) && shares != 100)
            problems.Add($"traffic.geography adds up to {shares} percent; want 100");
        return problems.Count == 0 ? new UsageProfile(scenario, all) : throw new UsageException(origin, problems);
    }

    /// <summary>The same with some values replaced: a what-if.</summary>
    /// <exception cref="UsageException">A key does not exist or a value is not allowed.</exception>
    public UsageProfile With(IEnumerable<KeyValuePair<string, string>> changes, string origin) =>
        Of(Scenario, _values.SetItems(changes), origin);

    /// <summary>A number, or null where usage does not give it.</summary>
    public decimal? Number(string key) => _values.TryGetValue(key, out var text) ? Parse(text) : null;

    /// <summary>A number, or <paramref name="otherwise"/>.</summary>
    public decimal Number(string key, decimal otherwise) => Number(key) ?? otherwise;

    /// <summary>A text, or null.</summary>
    public string? Text(string key) => _values.GetValueOrDefault(key);

    /// <summary>A list of numbers, or null.</summary>
    public ImmutableArray<decimal>? Numbers(string key) =>
        _values.TryGetValue(key, out var text) ? [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Parse)] : null;

    private static string? FaultOf(string key, string value) => UsageKeys.Find(key) is not { } known
        ? UsageKeys.Unknown(key)
        : known.Accepts(value) ? null : $"{key} is '{value}'; want {known.Allowed}";

    private static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
