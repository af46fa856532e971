using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AkiDb.Router.Configuration;

/// <summary>Turns a configuration's text, JSON or YAML, into one kind of tree.</summary>
internal static class ConfigTree
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="ConfigException">The text is neither JSON nor YAML, or not an object.</exception>
    public static JsonObject Parse(string text)
    {
        try
        {
            var node = text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal)
                ? JsonNode.Parse(text, documentOptions: Lenient)
                : ParseYaml(text);
            return node as JsonObject ?? throw Unreadable("an object at the top level", text.Length == 0 ? "an empty file" : node?.ToJsonString());
        }
        catch (JsonException e)
        {
            throw Unreadable("valid JSON", $"line {e.LineNumber + 1}: {e.Message}");
        }
        catch (YamlException e)
        {
            throw Unreadable("valid YAML", $"line {e.Start.Line}: {e.Message}");
        }
        catch (ArgumentException e)
        {
            throw Unreadable("keys that stand once", e.Message);
        }
    }

    private static ConfigException Unreadable(string allowed, string? found) =>
        new([new ConfigError("(file)", found ?? "null", allowed, "{ \"cluster\": \"akidb-prod\", … }")]);

    private static JsonNode? ParseYaml(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode);
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair =>
            KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Convert(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => null,
    };

    // YAML 1.2 core schema: only plain scalars are numbers, booleans or null; a quoted one is always text.
    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(text),
        };
    }
}
