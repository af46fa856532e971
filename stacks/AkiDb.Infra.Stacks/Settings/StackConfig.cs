using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkiDb.Infra.Stacks.Settings;

/// <summary>The configuration that the engine hands to a program, as one JSON object.</summary>
internal static class StackConfig
{
    /// <summary>Values by full key from <c>PULUMI_CONFIG</c>; objects and lists are JSON text.</summary>
    public static IReadOnlyDictionary<string, string> FromEngine() =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Environment.GetEnvironmentVariable("PULUMI_CONFIG") ?? "{}")!
            .ToDictionary(entry => entry.Key, entry => entry.Value.ToString());

    /// <summary>The settings of one namespace; keys of others are left alone.</summary>
    public static JsonDocument Of(string project, IReadOnlyDictionary<string, string> config)
    {
        var json = new JsonObject();
        foreach (var (key, value) in config.Where(entry => entry.Key.StartsWith($"{project}:", StringComparison.Ordinal)))
            json[key[(project.Length + 1)..]] = value.TrimStart() is ['{' or '[', ..] ? JsonNode.Parse(value) : value;
        return JsonDocument.Parse(json.ToJsonString());
    }
}
