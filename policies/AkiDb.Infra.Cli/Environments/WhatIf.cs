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
    private static readonly string[] Settings = ["network.", "cluster.", "capacity.", "workloads.", "modelStore.", "budgets."];

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
            else if (key == "regions" || Array.Exists(Settings, prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
                _settings.Add(KeyValuePair.Create(key, value));
            else
                throw new BadInputException($"--what-if '{change}': {UsageKeys.Unknown(key)} Settings may be changed too, e.g. network.natGateways=one, regions=2.");
        }
    }

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
        var group = configuration.TryGetValue(key, out var text) ? JsonNode.Parse(text)!.AsObject() : [];
        var inner = group;
        foreach (var step in path[1..^1])
            inner = inner[step] as JsonObject ?? (JsonObject)(inner[step] = new JsonObject())!;
        inner[path[^1]] = value;
        configuration[key] = group.ToJsonString();
    }
}
