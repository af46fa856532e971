using System.Text.Json;

namespace AkiDb.Infra.Plan.Json;

/// <summary>Members of a JSON object. Of optional ones absent and null both mean "not set"; required ones are named where they lack.</summary>
internal static class JsonTexts
{
    /// <exception cref="FormatException">It is missing or no text.</exception>
    public static string Required(JsonElement json, string key) => Member(json, key, "a text", JsonValueKind.String).GetString()!;

    /// <exception cref="FormatException">It is missing or no list.</exception>
    public static IEnumerable<JsonElement> RequiredList(JsonElement json, string key) => Member(json, key, "a list", JsonValueKind.Array).EnumerateArray();

    /// <exception cref="FormatException">It is missing or none of <paramref name="kinds"/>.</exception>
    public static JsonElement Member(JsonElement json, string key, string wanted, params JsonValueKind[] kinds)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{Short(json)} stands where an object with '{key}' should.");
        if (!json.TryGetProperty(key, out var value))
            throw new FormatException($"{Of(json)}'{key}' is missing; want {wanted}.");
        return Array.IndexOf(kinds, value.ValueKind) >= 0 ? value : throw new FormatException($"{Of(json)}'{key}' is {Short(value)}; want {wanted}.");
    }

    public static string? Optional(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool Flag(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

    public static IEnumerable<string> Read(JsonElement json, string key) =>
        json.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new FormatException($"{Of(json)}'{key}' holds {Short(item)}; want texts."))
            : [];

    // Which of many objects it is, where it has a name.
    private static string Of(JsonElement json) => Optional(json, "urn") is { } urn ? $"of '{urn}' " : "";

    private static string Short(JsonElement json) => json.GetRawText() is { Length: > 40 } text ? $"{text[..40]}…" : json.GetRawText();
}
