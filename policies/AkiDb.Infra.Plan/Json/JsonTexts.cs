using System.Text.Json;

namespace AkiDb.Infra.Plan.Json;

/// <summary>Optional members of a JSON object: absent and null both mean "not set".</summary>
internal static class JsonTexts
{
    public static string? Optional(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool Flag(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

    public static IEnumerable<string> Read(JsonElement json, string key) =>
        json.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(item => item.GetString() ?? "")
            : [];
}
