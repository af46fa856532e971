using System.Text.Json;

namespace AkiDb.SdkTool.Schema;

/// <summary>Reads a slice (<c>schema.json</c>) strictly: what the format does not know is an error, not a guess.</summary>
public static class SchemaReader
{
    /// <exception cref="SchemaException">The file is no package schema or refers to a type that it lacks.</exception>
    public static PackageSchema Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var schema = Read(document.RootElement);
        ReferenceCheck.Run(schema);
        return schema;
    }

    private static PackageSchema Read(JsonElement root)
    {
        var name = root.GetProperty("name").GetString()!;
        var csharp = root.GetProperty("language").GetProperty("csharp");
        var layout = new CSharpLayout(
            csharp.GetProperty("rootNamespace").GetString()!,
            csharp.TryGetProperty("compatibility", out var compatibility) ? compatibility.GetString()! : "",
            csharp.GetProperty("namespaces").EnumerateObject().ToDictionary(n => n.Name, n => n.Value.GetString()!));
        return new PackageSchema(
            name,
            root.GetProperty("version").GetString()!,
            layout,
            Resource($"pulumi:providers:{name}", root.GetProperty("provider")),
            Entries(root, "resources", Resource),
            Entries(root, "types", Type),
            Entries(root, "functions", Function));
    }

    private static SortedDictionary<string, T> Entries<T>(JsonElement root, string section, Func<string, JsonElement, T> read)
    {
        var entries = new SortedDictionary<string, T>(StringComparer.Ordinal);
        if (root.TryGetProperty(section, out var found))
            foreach (var entry in found.EnumerateObject())
                entries.Add(entry.Name, read(entry.Name, entry.Value));
        return entries;
    }

    private static ResourceSpec Resource(string token, JsonElement json) => new(
        token,
        PropertySetReader.Read(token, json, "inputProperties", "requiredInputs"),
        PropertySetReader.Read(token, json, "properties", "required"),
        json.TryGetProperty("aliases", out var aliases)
            ? [.. aliases.EnumerateArray().Select(a => a.GetProperty("type").GetString()!)]
            : [],
        PropertySetReader.Text(json, "deprecationMessage"));

    private static FunctionSpec Function(string token, JsonElement json) => new(
        token,
        json.TryGetProperty("inputs", out var inputs) ? PropertySetReader.Read(token, inputs, "properties", "required") : null,
        json.TryGetProperty("outputs", out var outputs) ? PropertySetReader.Read(token, outputs, "properties", "required") : null);

    private static TypeSpec Type(string token, JsonElement json)
    {
        if (!json.TryGetProperty("enum", out var members))
            return new TypeSpec(token, PropertySetReader.Read(token, json, "properties", "required"), null, null);
        var values = members.EnumerateArray().Select(m => new EnumValue(m.GetProperty("name").GetString()!, m.GetProperty("value").ToString()));
        return new TypeSpec(token, null, [.. values], PropertySetReader.Type(token, "enum", json));
    }
}
