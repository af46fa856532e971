using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Infra.Costs.Usage;
using AkiDb.Infra.Stacks.Settings;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>
/// A change that is tried and not kept: of usage (<c>tracing.percent=1</c>), of settings (<c>network.natGateways=one</c>), or of
/// the number of regions (<c>regions=2</c>, the first ones stay). A settings change makes the whole plan anew.
/// </summary>
internal sealed class WhatIf
{
    // Every group of an environment's settings is a property of the same name. Regions are a list, told by their number.
    private static readonly string[] Groups =
    [
        .. typeof(EnvironmentSettings).GetProperties().Where(property => property.IsDefined(typeof(RequiredMemberAttribute), inherit: false))
            .Select(property => property.Name).Except([nameof(EnvironmentSettings.Name), nameof(EnvironmentSettings.AccountId), nameof(EnvironmentSettings.Regions)])
            .Select(JsonNamingPolicy.CamelCase.ConvertName).Order(StringComparer.Ordinal),
    ];

    private readonly List<KeyValuePair<string, string>> _usage = [];
    private readonly List<KeyValuePair<string, string>> _settings = [];

    /// <summary>Reads what-ifs, each <c>KEY=VALUE</c>.</summary>
    /// <exception cref="BadInputException">One has no such form, or its key is neither usage nor a setting.</exception>
    public WhatIf(IEnumerable<string> changes)
    {
        foreach (var change in changes)
        {
            var (key, value) = change.Split('=', 2) is [{ Length: > 0 } left, { Length: > 0 } right]
                ? (left, right)
                : throw new BadInputException($"--what-if '{change}' is not KEY=VALUE; e.g. edge.priceClass=100, network.natGateways=one, regions=2.");
            if (UsageKeys.Find(key) is not null)
                _usage.Add(KeyValuePair.Create(key, value));
            else if (key == "regions" || Array.Exists(Groups, group => key.StartsWith($"{group}.", StringComparison.Ordinal)))
                _settings.Add(KeyValuePair.Create(key, value));
            else
                throw new BadInputException($"--what-if '{change}': {UsageKeys.Unknown(key)} Settings may be changed too, e.g. network.natGateways=one: regions=N and the groups {string.Join(", ", Groups)}.");
        }
    }

    /// <summary>The changes of settings as they were given, for messages.</summary>
    public string SettingsText => string.Join(", ", _settings.Select(entry => $"{entry.Key}={entry.Value}"));

    /// <summary>Whether the plan must be made anew.</summary>
    public bool ChangesSettings => _settings.Count > 0;

    /// <summary>The usage with the changes.</summary>
    public UsageProfile Apply(UsageProfile usage) => _usage.Count == 0 ? usage : usage.With(_usage, "--what-if");

    /// <summary>The configuration with the changes.</summary>
    /// <exception cref="BadInputException">The number of regions is out of range.</exception>
    public IReadOnlyDictionary<string, string> Apply(IReadOnlyDictionary<string, string> configuration)
    {
        var changed = configuration.ToDictionary();
        foreach (var (key, value) in _settings)
        {
            if (key == "regions")
                KeepRegions(changed, value);
            else
                Set(changed, key.Split('.'), value);
        }

        return changed;
    }

    private static void KeepRegions(Dictionary<string, string> configuration, string value)
    {
        const string key = $"{EnvironmentSettings.Project}:regions";
        var regions = JsonNode.Parse(configuration[key])!.AsArray();
        if (!int.TryParse(value, out var count) || count < 1 || count > regions.Count)
            throw new BadInputException($"--what-if regions={value}: want a whole number from 1 to {regions.Count}.");
        configuration[key] = new JsonArray([.. regions.Take(count).Select(region => region!.DeepClone())]).ToJsonString();
    }

    private static void Set(Dictionary<string, string> configuration, string[] path, string value)
    {
        var key = $"{EnvironmentSettings.Project}:{path[0]}";
        var group = configuration.TryGetValue(key, out var text) && text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [];
        var inner = group;
        foreach (var step in path[1..^1])
            inner = inner[step] as JsonObject ?? (JsonObject)(inner[step] = new JsonObject())!;
        inner[path[^1]] = value;
        configuration[key] = group.ToJsonString();
    }
}
