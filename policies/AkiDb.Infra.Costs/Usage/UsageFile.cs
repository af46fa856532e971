using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AkiDb.Infra.Costs.Usage;

/// <summary>A usage file: values that hold in every scenario, and named scenarios that change some of them.</summary>
public sealed class UsageFile
{
    private readonly string _name;
    private readonly ImmutableDictionary<string, string> _common;
    private readonly ImmutableArray<(string Name, ImmutableDictionary<string, string> Changes)> _scenarios;

    private UsageFile(string name, string expected, ImmutableDictionary<string, string> common, ImmutableArray<(string, ImmutableDictionary<string, string>)> scenarios) =>
        (_name, DefaultScenario, _common, _scenarios) = (name, expected, common, scenarios);

    /// <summary>The scenario that counts where none is asked for.</summary>
    public string DefaultScenario { get; }

    /// <summary>Names of the scenarios, in the file's order.</summary>
    public IEnumerable<string> Scenarios => _scenarios.Select(scenario => scenario.Name);

    /// <summary>Reads a file; the shape is in docs/costs.md.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="UsageException">It is no YAML of that shape, or a value is not allowed in some scenario.</exception>
    public static UsageFile Read(TextReader yaml, string name)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(yaml);
        }
        catch (YamlException problem)
        {
            throw new UsageException(name, [$"it is not YAML: {problem.Message} (line {problem.Start.Line})"]);
        }

        if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
            throw new UsageException(name, ["want the groups 'scenario', 'usage' and 'scenarios'"]);
        var problems = new List<string>();
        var common = ImmutableDictionary<string, string>.Empty;
        var scenarios = ImmutableArray.CreateBuilder<(string, ImmutableDictionary<string, string>)>();
        string? expected = null;
        foreach (var (key, node) in root.Children)
        {
            switch (key.ToString(), node)
            {
                case ("scenario", YamlScalarNode { Value.Length: > 0 } scalar):
                    expected = scalar.Value;
                    break;
                case ("usage", YamlMappingNode map):
                    common = Flatten(map, problems);
                    break;
                case ("scenarios", YamlMappingNode map):
                    scenarios.AddRange(map.Children.Select(entry => (entry.Key.ToString(), entry.Value is YamlMappingNode changes ? Flatten(changes, problems) : ImmutableDictionary<string, string>.Empty)));
                    break;
                default:
                    problems.Add($"'{key}' (line {key.Start.Line}) is not 'scenario: NAME', 'usage:' or 'scenarios:'");
                    break;
            }
        }

        if (scenarios.All(scenario => scenario.Item1 != expected))
            problems.Add($"'scenario: {expected}' names none of the scenarios: {string.Join(", ", scenarios.Select(scenario => scenario.Item1))}");
        if (problems.Count > 0)
            throw new UsageException(name, problems);
        var file = new UsageFile(name, expected!, common, scenarios.ToImmutable());
        foreach (var scenario in file.Scenarios)
            _ = file.Profile(scenario);
        return file;
    }

    /// <summary>What holds under a scenario.</summary>
    /// <exception cref="UsageException">There is no such scenario, or a value is not allowed.</exception>
    public UsageProfile Profile(string scenario)
    {
        var found = _scenarios.FirstOrDefault(entry => entry.Name == scenario);
        return found.Name is null
            ? throw new UsageException(_name, [$"there is no scenario '{scenario}'; there are {string.Join(", ", Scenarios)}"])
            : UsageProfile.Of(scenario, _common.SetItems(found.Changes), $"{_name}, scenario {scenario},");
    }

    private static ImmutableDictionary<string, string> Flatten(YamlMappingNode map, List<string> problems)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        Walk("", map);
        return values.ToImmutable();

        void Walk(string path, YamlNode node)
        {
            switch (node)
            {
                case YamlMappingNode group:
                    foreach (var (key, value) in group.Children)
                        Walk(path.Length == 0 ? key.ToString() : $"{path}.{key}", value);
                    break;
                case YamlSequenceNode list:
                    // Digits may be grouped as in C#: 1_555_000_000.
                    values[path] = string.Join(",", list.Children.Select(Plain));
                    break;
                case YamlScalarNode scalar when !string.IsNullOrEmpty(scalar.Value):
                    values[path] = Plain(scalar);
                    break;
                default:
                    problems.Add($"{path} (line {node.Start.Line}) has no value; leave the key out where usage is not known");
                    break;
            }
        }
    }

    private static string Plain(YamlNode node) =>
        UngroupDigits(node is YamlScalarNode scalar ? scalar.Value ?? "" : node.ToString());

    private static string UngroupDigits(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiDigit(letter) || letter is '_' or '.') ? text.Replace("_", "", StringComparison.Ordinal) : text;
}
