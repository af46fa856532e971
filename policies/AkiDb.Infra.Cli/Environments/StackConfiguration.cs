using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AkiDb.Infra.Cli.Environments;

/// <summary>
/// The <c>config:</c> part of a Pulumi.ENVIRONMENT.yaml as the engine would hand it to the program: text by full key, lists
/// and objects as JSON. Encrypted values cannot be read offline; they come out as <see cref="SecretStandIn"/>.
/// </summary>
internal static partial class StackConfiguration
{
    /// <summary>What stands for a secret whose value only the engine can read.</summary>
    public const string SecretStandIn = "[secret]";

    /// <summary>Reads a settings file.</summary>
    /// <exception cref="BadInputException">It is no YAML of that shape; the message gives line and column.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
                throw new BadInputException($"{name} is empty; want 'config:' and the settings below it.");
            if (!root.Children.TryGetValue(new YamlScalarNode("config"), out var config))
                throw new BadInputException($"{name} has no 'config:'.");
            return config is YamlMappingNode map
                ? map.Children.ToDictionary(entry => entry.Key.ToString(), entry => Text(name, entry.Value))
                : throw new BadInputException($"{name}: 'config' at {At(config)} is no group of settings.");
        }
        catch (YamlException problem)
        {
            throw new BadInputException($"{name} is not YAML: {problem.Message} (line {problem.Start.Line}, column {problem.Start.Column}).");
        }
    }

    private static string Text(string file, YamlNode node) => node is YamlScalarNode scalar && !IsNull(scalar)
        ? Checked(file, scalar)
        : ToJson(file, node)?.ToJsonString() switch
        {
            null => "",
            // An encrypted value by itself is text, not an object.
            var json when json == $"\"{SecretStandIn}\"" => SecretStandIn,
            var json => json,
        };

    private static JsonNode? ToJson(string file, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode { Children.Count: 1 } map when map.Children.First().Key.ToString() == "secure":
                return SecretStandIn;
            case YamlMappingNode map:
                var json = new JsonObject();
                foreach (var (key, value) in map.Children)
                    json[key.ToString()] = ToJson(file, value);
                return json;
            case YamlSequenceNode list:
                return new JsonArray([.. list.Children.Select(item => ToJson(file, item))]);
            case YamlScalarNode scalar when IsNull(scalar):
                return null;
            case YamlScalarNode { Style: ScalarStyle.Plain } scalar when bool.TryParse(scalar.Value, out var flag):
                return flag;
            case YamlScalarNode { Style: ScalarStyle.Plain } scalar
                when double.TryParse(Checked(file, scalar), NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                // Kept to the letter: 1.30 must not become 1.3 on its way to an error message.
                return JsonNode.Parse(JsonNumber().IsMatch(scalar.Value!) ? scalar.Value! : number.ToString("R", CultureInfo.InvariantCulture));
            default:
                return ((YamlScalarNode)node).Value;
        }
    }

    // YAML 1.1 readers, Pulumi's among them, take 0123 for an octal number: an account id would silently become another.
    private static string Checked(string file, YamlScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain && LeadingZero().IsMatch(scalar.Value ?? "")
            ? throw new BadInputException($"{file}: {scalar.Value} at {At(scalar)} begins with 0 and would be read as octal; put it in quotes.")
            : scalar.Value ?? "";

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "null" or "~";

    private static string At(YamlNode node) => $"line {node.Start.Line}, column {node.Start.Column}";

    [GeneratedRegex("^0[0-9]+$")]
    private static partial Regex LeadingZero();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex JsonNumber();
}
