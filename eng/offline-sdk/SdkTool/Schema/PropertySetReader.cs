using System.Text.Json;

namespace AkiDb.SdkTool.Schema;

/// <summary>Reads the properties of one resource, type or function.</summary>
internal static class PropertySetReader
{
    private const string TypePrefix = "#/types/";
    private const string BuiltInPrefix = "pulumi.json#/";

    public static PropertySet Read(string owner, JsonElement json, string propertiesKey, string requiredKey)
    {
        var required = json.TryGetProperty(requiredKey, out var names)
            ? names.EnumerateArray().Select(n => n.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];
        var properties = new List<PropertySpec>();
        if (json.TryGetProperty(propertiesKey, out var found))
            foreach (var property in found.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                properties.Add(Property(owner, property, required.Remove(property.Name)));
        if (required.Count > 0)
            throw new SchemaException($"{owner}: '{required.First()}' is in {requiredKey} but not in {propertiesKey}; run `./akidb sdk check`.");
        return new PropertySet(properties, properties.Exists(p => p.Required));
    }

    public static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) ? value.ToString() : null;

    public static PropertyType Type(string owner, string property, JsonElement json)
    {
        if (json.TryGetProperty("oneOf", out var cases))
            return new PropertyType.Union([.. cases.EnumerateArray().Select(c => Type(owner, property, c))]);
        if (Text(json, "$ref") is { } reference)
            return Reference(owner, property, reference);
        return Text(json, "type") switch
        {
            "array" => new PropertyType.List(Type(owner, property, json.GetProperty("items"))),
            "object" => new PropertyType.Map(Type(owner, property, json.GetProperty("additionalProperties"))),
            "string" or "boolean" or "integer" or "number" => new PropertyType.Primitive(Text(json, "type")!),
            var other => throw new SchemaException(
                $"{owner}: property '{property}' has type '{other}'; it must be string, boolean, integer, number, array, object, oneOf or $ref."),
        };
    }

    private static PropertyType Reference(string owner, string property, string reference)
    {
        if (reference.StartsWith(TypePrefix, StringComparison.Ordinal))
            return new PropertyType.Named(reference[TypePrefix.Length..]);
        if (reference.StartsWith(BuiltInPrefix, StringComparison.Ordinal) && reference[BuiltInPrefix.Length..] is "Any" or "Json" or "Asset" or "Archive")
            return new PropertyType.BuiltIn(reference[BuiltInPrefix.Length..]);
        throw new SchemaException($"{owner}: property '{property}' refers to '{reference}'; it must be #/types/TOKEN or pulumi.json#/Any, Json, Asset, Archive.");
    }

    private static PropertySpec Property(string owner, JsonProperty property, bool required)
    {
        var json = property.Value;
        string? csharpName = null;
        if (json.TryGetProperty("language", out var language) && language.TryGetProperty("csharp", out var csharp))
            csharpName = Text(csharp, "name");
        return new PropertySpec(
            property.Name,
            Type(owner, property.Name, json),
            required,
            csharpName,
            Text(json, "const"),
            json.TryGetProperty("default", out var value) ? Literal(owner, property.Name, value) : null,
            json.TryGetProperty("secret", out var secret) && secret.GetBoolean(),
            Text(json, "deprecationMessage"));
    }

    private static object Literal(string owner, string property, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDecimal(),
        _ => throw new SchemaException($"{owner}: property '{property}' has the default {value}; it must be a string, a boolean or a number."),
    };
}
