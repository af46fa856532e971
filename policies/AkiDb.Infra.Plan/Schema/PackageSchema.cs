using System.Collections.Immutable;
using System.Text.Json;

namespace AkiDb.Infra.Plan.Schema;

/// <summary>
/// One provider's slice (eng/offline-sdk/Providers/*/schema.json, Pulumi's package-schema format). Types are read when they
/// are first met: a plan touches a small part of Kubernetes' types.
/// </summary>
internal sealed class PackageSchema : IDisposable
{
    private readonly JsonDocument _document;
    private readonly JsonElement _resources;
    private readonly JsonElement _types;
    private readonly Dictionary<string, ObjectSchema?> _inputs = [];
    private readonly Dictionary<string, ObjectSchema?> _outputs = [];
    private readonly Dictionary<string, ObjectSchema?> _objects = [];

    public PackageSchema(Stream json)
    {
        _document = JsonDocument.Parse(json);
        Name = _document.RootElement.GetProperty("name").GetString()!;
        _resources = Section("resources");
        _types = Section("types");
        Provider = ReadObject(_document.RootElement.GetProperty("provider"), "inputProperties", "requiredInputs");
    }

    /// <summary>Package name: aws, kubernetes, aws-native.</summary>
    public string Name { get; }

    /// <summary>Inputs of the provider resource itself.</summary>
    public ObjectSchema Provider { get; }

    /// <summary>Tokens of the resources in the slice.</summary>
    public IEnumerable<string> ResourceTokens => _resources.EnumerateObject().Select(resource => resource.Name);

    /// <summary>Reads the slices that this assembly carries, by package name.</summary>
    public static ImmutableDictionary<string, PackageSchema> LoadAll()
    {
        var assembly = typeof(PackageSchema).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("schema.", StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return new PackageSchema(stream);
            })
            .ToImmutableDictionary(schema => schema.Name);
    }

    /// <summary>Inputs of a resource type, or null where the slice lacks it.</summary>
    public ObjectSchema? InputsOf(string token) =>
        Cached(_inputs, token, _resources, json => ReadObject(json, "inputProperties", "requiredInputs"));

    /// <summary>What a resource of this type shows once it exists, or null where the slice lacks it.</summary>
    public ObjectSchema? OutputsOf(string token) =>
        Cached(_outputs, token, _resources, json => ReadObject(json, "properties", "required"));

    /// <summary>Properties of a nested type, or null where it is an enum (see <see cref="EnumOf"/>).</summary>
    /// <exception cref="KeyNotFoundException">The slice refers to a type that it lacks.</exception>
    public ObjectSchema? ObjectOf(string token) => Cached(_objects, token, _types, json =>
        json.TryGetProperty("enum", out _) ? null : ReadObject(json, "properties", "required"));

    /// <summary>The values of an enum type, or none where <paramref name="token"/> is an object.</summary>
    public IReadOnlyList<string> EnumOf(string token) =>
        _types.TryGetProperty(token, out var type) && type.TryGetProperty("enum", out var values)
            ? [.. values.EnumerateArray().Select(value => value.GetProperty("value").ToString())]
            : [];

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private static ObjectSchema? Cached(
        Dictionary<string, ObjectSchema?> cache, string token, JsonElement section, Func<JsonElement, ObjectSchema?> read)
    {
        if (!cache.TryGetValue(token, out var schema))
            cache[token] = schema = section.TryGetProperty(token, out var json) ? read(json) : null;
        return schema;
    }

    private JsonElement Section(string name) =>
        _document.RootElement.TryGetProperty(name, out var section) ? section : JsonDocument.Parse("{}").RootElement;

    private static ObjectSchema ReadObject(JsonElement json, string propertiesKey, string requiredKey)
    {
        var properties = json.TryGetProperty(propertiesKey, out var declared)
            ? declared.EnumerateObject().ToDictionary(property => property.Name, property => property.Value)
            : [];
        return new ObjectSchema(
            properties.ToImmutableDictionary(property => property.Key, property => ReadType(property.Value)),
            [.. Json.JsonTexts.Read(json, requiredKey)],
            properties.Where(property => property.Value.TryGetProperty("const", out _))
                .ToImmutableDictionary(property => property.Key, property => property.Value.GetProperty("const").ToString()),
            Json.JsonTexts.Flag(json, "x-pruned"));
    }

    private static PropertyType ReadType(JsonElement json)
    {
        if (json.TryGetProperty("oneOf", out var choices))
            return new PropertyType.OneOf([.. choices.EnumerateArray().Select(ReadType)]);
        if (json.TryGetProperty("$ref", out var reference))
            return ReadReference(reference.GetString()!);

        return json.TryGetProperty("type", out var type) ? type.GetString() switch
        {
            "array" => new PropertyType.Array(ReadType(json.GetProperty("items"))),
            "object" => new PropertyType.Map(json.TryGetProperty("additionalProperties", out var values)
                ? ReadType(values)
                : new PropertyType.Primitive("string")),
            var primitive => new PropertyType.Primitive(primitive!),
        }
        : new PropertyType.Primitive("any");
    }

    private static PropertyType ReadReference(string reference) => reference switch
    {
        "pulumi.json#/Any" or "pulumi.json#/Json" => new PropertyType.Primitive("any"),
        "pulumi.json#/Asset" or "pulumi.json#/Archive" => new PropertyType.Asset(),
        _ when reference.StartsWith("#/types/", StringComparison.Ordinal) =>
            new PropertyType.Object(Uri.UnescapeDataString(reference["#/types/".Length..])),
        // A reference to a resource is its id on the wire.
        _ => new PropertyType.Primitive("any"),
    };
}
