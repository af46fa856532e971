using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkiDb.SdkTool.Slices;

/// <summary>
/// The one layout of the JSON files here: keys sorted by code point, one property a line, so that a change reads as one line of a diff.
/// </summary>
public static class SliceFormat
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonObject json)
    {
        var text = new StringBuilder();
        Object(text, json, 0);
        return text.Append('\n').ToString();
    }

    private static void Object(StringBuilder text, JsonObject json, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in json.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            text.Append(first ? "\n" : ",\n").Append(' ', (depth + 1) * 2).Append(JsonSerializer.Serialize(key, Options)).Append(": ");
            first = false;
            if (value is JsonObject inner && inner.Count > 0 && !IsLeaf(inner))
                Object(text, inner, depth + 1);
            else
                text.Append(Inline(value));
        }

        text.Append(first ? "" : "\n" + new string(' ', depth * 2)).Append('}');
    }

    // A property, a type's reference or a recorded fact: an object that says what it is in "type", "oneOf", "$ref", "name" or "source".
    private static bool IsLeaf(JsonObject json) =>
        !json.ContainsKey("properties") && !json.ContainsKey("inputProperties") && !json.ContainsKey("enum") && !json.ContainsKey("resources")
        && (json["type"] is not null || json.ContainsKey("oneOf") || json.ContainsKey("$ref") || json.ContainsKey("source"));

    private static string Inline(JsonNode? value) => value switch
    {
        JsonObject json => "{" + string.Join(", ", json.OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => $"{JsonSerializer.Serialize(e.Key, Options)}: {Inline(e.Value)}")) + "}",
        JsonArray array => "[" + string.Join(", ", array.Select(Inline)) + "]",
        null => "null",
        _ => value.ToJsonString(Options),
    };
}
