using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AkiDb.Infra.Policies.Exempting;

/// <summary>Reads <c>policies/exemptions.yaml</c>: a list <c>exemptions</c> of rule, resource, reason, owner, expires and, if not
/// for all, environments.</summary>
public static class ExemptionFile
{
    private static readonly ImmutableArray<string> Keys = ["rule", "resource", "environments", "reason", "owner", "expires"];

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="FormatException">Something is wrong with it; the message names every fault with its line.</exception>
    public static ImmutableArray<Exemption> Read(string yaml, string name)
    {
        var faults = new List<string>();
        var exemptions = ImmutableArray.CreateBuilder<Exemption>();
        foreach (var node in Entries(yaml, name))
        {
            if (node is YamlMappingNode map && ReadOne(map, faults) is { } exemption)
                exemptions.Add(exemption);
            else if (node is not YamlMappingNode)
                faults.Add($"line {node.Start.Line}: an exemption is an object with {string.Join(", ", Keys)}");
        }

        return faults.Count == 0 ? exemptions.ToImmutable() : throw new FormatException($"{name}:\n  {string.Join("\n  ", faults)}");
    }

    private static YamlSequenceNode Entries(string yaml, string name)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException problem)
        {
            throw new FormatException($"{name} is not YAML: {problem.Message} (line {problem.Start.Line})", problem);
        }

        if (stream.Documents.Count == 0)
            return new YamlSequenceNode();
        return stream.Documents[0].RootNode is YamlMappingNode root && root.Children.TryGetValue("exemptions", out var list)
            ? list as YamlSequenceNode ?? new YamlSequenceNode()
            : throw new FormatException($"{name} has no list 'exemptions'.");
    }

    private static Exemption? ReadOne(YamlMappingNode map, List<string> faults)
    {
        var before = faults.Count;
        var texts = map.Children.Where(entry => entry.Value is YamlScalarNode)
            .ToDictionary(entry => entry.Key.ToString(), entry => entry.Value.ToString());
        foreach (var key in map.Children.Keys.Select(key => key.ToString()).Where(key => !Keys.Contains(key)))
            faults.Add($"line {map.Start.Line}: unknown key '{key}'; there are {string.Join(", ", Keys)}");
        foreach (var key in Keys.Where(key => key != "environments" && string.IsNullOrWhiteSpace(texts.GetValueOrDefault(key))))
            faults.Add($"line {map.Start.Line}: '{key}' is missing");
        var hasDate = DateOnly.TryParseExact(texts.GetValueOrDefault("expires"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires);
        if (!hasDate && texts.TryGetValue("expires", out var written))
            faults.Add($"line {map.Start.Line}: 'expires' is '{written}'; want a date such as 2027-06-30");
        if (faults.Count > before)
            return null;

        return new Exemption
        {
            Rule = texts["rule"],
            Resource = texts["resource"],
            Environments = map.Children.TryGetValue("environments", out var list) && list is YamlSequenceNode names ? [.. names.Select(item => item.ToString())] : [],
            Reason = texts["reason"],
            Owner = texts["owner"],
            Expires = expires,
            Line = (int)map.Start.Line,
        };
    }
}
