using System.Text.Json.Nodes;

namespace AkiDb.SdkTool.Slices;

/// <summary>Makes a slice: what the declarations say, with what was recorded about the C# package laid over it.</summary>
public static class SliceBuilder
{
    /// <param name="described">The declarations of the wanted tokens, as <c>dts/describe.mjs</c> prints them.</param>
    /// <param name="recorded">The facts; numbers that it lacks are added to it as assumed.</param>
    /// <param name="previous">The slice so far: types that it prunes stay pruned to the same properties.</param>
    /// <returns>The slice and the numbers that are only assumed to be integers.</returns>
    public static (JsonObject Slice, IReadOnlyList<string> Assumed) Build(JsonObject described, Recorded recorded, JsonObject? previous)
    {
        var assumed = new List<string>();
        var slice = (JsonObject)described.DeepClone();
        slice["language"] = new JsonObject { ["csharp"] = recorded.CSharp };
        foreach (var (token, entry) in Owners(slice))
            Prune(entry, previous?["types"]?[token] as JsonObject);
        // Before numbers are noted: what a pruned property led to is nobody's to look up.
        RemoveUnreachable(slice);
        foreach (var (token, entry) in Owners(slice))
        {
            foreach (var properties in PropertyMaps(entry))
                foreach (var (name, value) in properties.ToList())
                    properties[name] = Property(token, name, (JsonObject)value!.DeepClone(), recorded, assumed);
        }

        return (slice, assumed);
    }

    private static JsonObject Property(string token, string name, JsonObject property, Recorded recorded, List<string> assumed)
    {
        if (recorded.Type(token, name) is JsonObject type)
        {
            foreach (var key in new[] { "type", "$ref", "items", "additionalProperties", "oneOf" })
                property.Remove(key);
            foreach (var (key, value) in type)
                property[key] = value!.DeepClone();
        }

        if (HasNumber(property))
        {
            var number = recorded.Number(token, name);
            if (number is null)
            {
                recorded.Assume(token, name);
                assumed.Add($"{token}#{name}");
            }

            SetNumber(property, number ?? "integer");
        }

        if (recorded.Name(token, name) is { } csharpName)
            property["language"] = new JsonObject { ["csharp"] = new JsonObject { ["name"] = csharpName } };
        return property;
    }

    private static bool HasNumber(JsonNode? node) => node switch
    {
        JsonObject json => (json["type"] is JsonValue type && type.GetValue<string>() == "number") || json.Any(e => HasNumber(e.Value)),
        JsonArray array => array.Any(HasNumber),
        _ => false,
    };

    private static void SetNumber(JsonNode? node, string number)
    {
        if (node is JsonObject json)
        {
            if (json["type"] is JsonValue type && type.GetValue<string>() == "number")
                json["type"] = number;
            foreach (var (_, value) in json.ToList())
                SetNumber(value, number);
        }
        else if (node is JsonArray array)
        {
            foreach (var item in array)
                SetNumber(item, number);
        }
    }

    private static void Prune(JsonObject entry, JsonObject? previous)
    {
        if (previous?["x-pruned"] is null || entry["properties"] is not JsonObject properties)
            return;
        var kept = previous["properties"]!.AsObject();
        foreach (var name in properties.Select(p => p.Key).Where(name => !kept.ContainsKey(name)).ToList())
            properties.Remove(name);
        if (entry["required"] is JsonArray required)
            entry["required"] = new JsonArray([.. required.Where(r => kept.ContainsKey(r!.GetValue<string>())).Select(r => r!.DeepClone())]);
        entry["x-pruned"] = true;
    }

    private static void RemoveUnreachable(JsonObject slice)
    {
        var types = slice["types"]!.AsObject();
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonNode>([slice["resources"]!, slice["functions"]!, slice["provider"]!]);
        while (open.TryPop(out var node))
            foreach (var token in References(node))
                if (reached.Add(token) && types[token] is { } type)
                    open.Push(type);
        foreach (var token in types.Select(t => t.Key).Where(t => !reached.Contains(t)).ToList())
            types.Remove(token);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(e =>
            e.Key == "$ref" && e.Value is JsonValue value && value.GetValue<string>() is { } text && text.StartsWith("#/types/", StringComparison.Ordinal)
                ? [text["#/types/".Length..]]
                : References(e.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };

    private static IEnumerable<(string Token, JsonObject Entry)> Owners(JsonObject slice)
    {
        foreach (var section in new[] { "resources", "types", "functions" })
            foreach (var (token, entry) in slice[section]!.AsObject().ToList())
                yield return (token, entry!.AsObject());
        yield return ($"pulumi:providers:{slice["name"]!.GetValue<string>()}", slice["provider"]!.AsObject());
    }

    private static IEnumerable<JsonObject> PropertyMaps(JsonObject entry) =>
        new[] { entry["inputProperties"], entry["properties"], entry["inputs"]?["properties"], entry["outputs"]?["properties"] }.OfType<JsonObject>();
}
