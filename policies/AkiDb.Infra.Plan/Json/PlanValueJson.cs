using System.Text.Json;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.Infra.Plan.Json;

/// <summary>
/// A <see cref="PlanValue"/> as JSON. What JSON has no kind for is an object whose key <c>$plan</c> names the kind:
/// <c>unknown</c>, <c>secret</c>, <c>asset</c> (with <c>kind</c>, <c>content</c>), <c>reference</c> (with <c>urn</c>), and
/// <c>map</c> (with <c>entries</c>) for a real object that has such a key of its own.
/// </summary>
public static class PlanValueJson
{
    private const string KindKey = "$plan";

    /// <summary>Writes <paramref name="value"/>; keys come out sorted.</summary>
    public static void Write(Utf8JsonWriter writer, PlanValue value)
    {
        switch (value)
        {
            case NullValue:
                writer.WriteNullValue();
                break;
            case BooleanValue boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Value);
                break;
            case TextValue text:
                writer.WriteStringValue(text.Value);
                break;
            case ListValue list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case MapValue map when map.Entries.ContainsKey(KindKey):
                writer.WriteStartObject();
                writer.WriteString(KindKey, "map");
                writer.WritePropertyName("entries");
                WriteEntries(writer, map);
                writer.WriteEndObject();
                break;
            case MapValue map:
                WriteEntries(writer, map);
                break;
            case UnknownValue:
                WriteKind(writer, "unknown");
                break;
            case SecretValue:
                WriteKind(writer, "secret");
                break;
            case AssetValue asset:
                WriteKind(writer, "asset", ("content", asset.Content), ("kind", asset.Kind));
                break;
            case ReferenceValue reference:
                WriteKind(writer, "reference", ("urn", reference.Urn));
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} has no JSON form.", nameof(value));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, or any plain JSON.</summary>
    /// <exception cref="FormatException">An object's <c>$plan</c> names no known kind.</exception>
    public static PlanValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => new BooleanValue(true),
        JsonValueKind.False => new BooleanValue(false),
        JsonValueKind.Number => new NumberValue(json.GetDouble()),
        JsonValueKind.String => new TextValue(json.GetString()!),
        JsonValueKind.Array => new ListValue([.. json.EnumerateArray().Select(Read)]),
        JsonValueKind.Object when json.TryGetProperty(KindKey, out var kind) => ReadKind(json, kind),
        JsonValueKind.Object => ReadMap(json),
        _ => NullValue.Instance,
    };

    /// <summary>Reads an object as a map, without looking for <c>$plan</c>.</summary>
    public static MapValue ReadMap(JsonElement json) =>
        MapValue.From(json.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Read(property.Value))));

    private static PlanValue ReadKind(JsonElement json, JsonElement kind) => kind.ToString() switch
    {
        "unknown" => UnknownValue.Instance,
        "secret" => SecretValue.Instance,
        "asset" => new AssetValue(JsonTexts.Required(json, "kind"), JsonTexts.Required(json, "content")),
        "reference" => new ReferenceValue(JsonTexts.Required(json, "urn")),
        "map" => ReadMap(JsonTexts.Member(json, "entries", "an object", JsonValueKind.Object)),
        var other => throw new FormatException($"'{KindKey}' is '{other}'; want unknown, secret, asset, reference or map."),
    };

    private static void WriteEntries(Utf8JsonWriter writer, MapValue map)
    {
        writer.WriteStartObject();
        foreach (var (key, entry) in map.Entries)
        {
            writer.WritePropertyName(key);
            Write(writer, entry);
        }

        writer.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter writer, string kind, params ReadOnlySpan<(string Key, string Value)> rest)
    {
        writer.WriteStartObject();
        writer.WriteString(KindKey, kind);
        foreach (var (key, value) in rest)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}
