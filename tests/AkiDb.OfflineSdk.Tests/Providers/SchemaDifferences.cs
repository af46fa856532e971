using System.Text.Json.Nodes;

namespace AkiDb.OfflineSdk.Tests.Providers;

/// <summary>
/// Compares a slice with a schema read from declarations, both ways, token by token and property by property. Shares no code with what
/// writes the slices.
/// </summary>
internal static class SchemaDifferences
{
    public static IReadOnlyList<string> Between(JsonObject slice, JsonObject declared)
    {
        var found = new List<string>();
        foreach (var section in new[] { "resources", "functions" })
            Keys(found, section, slice[section]!.AsObject(), declared[section]!.AsObject(), (token, mine, theirs) => Owner(found, token, mine, theirs));
        Keys(found, "types", slice["types"]!.AsObject(), Needed(slice, declared), (token, mine, theirs) => Owner(found, token, mine, theirs));
        Owner(found, "provider", slice["provider"]!.AsObject(), declared["provider"]!.AsObject());
        Value(found, "version", slice["version"], declared["version"]);
        return found;
    }

    /// <summary>How many properties the comparison looked at: a comparison of nothing finds nothing.</summary>
    public static int PropertyCount(JsonObject slice) => new[] { "resources", "types", "functions" }
        .SelectMany(section => slice[section]!.AsObject().Select(entry => entry.Value!.AsObject()))
        .Append(slice["provider"]!.AsObject())
        .Sum(owner => Sets(owner).Sum(set => set.Properties.Count));

    // The declared types that resources and functions lead to, past no property that a pruned type leaves out.
    private static JsonObject Needed(JsonObject slice, JsonObject declared)
    {
        var types = declared["types"]!.AsObject();
        var needed = new JsonObject();
        var open = new Stack<JsonNode>([declared["resources"]!, declared["functions"]!, declared["provider"]!]);
        while (open.TryPop(out var node))
        {
            foreach (var token in References(node).Where(token => types.ContainsKey(token) && !needed.ContainsKey(token)))
            {
                needed[token] = types[token]!.DeepClone();
                var kept = slice["types"]![token];
                foreach (var (name, property) in types[token]!["properties"]?.AsObject() ?? [])
                    if (kept?["x-pruned"] is null || kept["properties"]![name] is not null)
                        open.Push(property!);
            }
        }

        return needed;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(entry => entry.Key == "$ref" ? [entry.Value!.GetValue<string>().Replace("#/types/", "", StringComparison.Ordinal)] : References(entry.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };

    private static void Owner(List<string> found, string token, JsonObject slice, JsonObject declared)
    {
        var isPruned = slice["x-pruned"]?.GetValue<bool>() == true;
        foreach (var (mine, theirs) in Sets(slice).Zip(Sets(declared)))
        {
            Keys(found, token, mine.Properties, theirs.Properties, (name, a, b) => Property(found, $"{token}.{name}", a, b), isPruned);
            var required = theirs.Required.Where(name => !isPruned || mine.Properties.ContainsKey(name));
            if (!mine.Required.Order(StringComparer.Ordinal).SequenceEqual(required.Order(StringComparer.Ordinal)))
                found.Add($"{token}: required {string.Join(",", mine.Required)}; declared {string.Join(",", required)}");
        }

        Value(found, $"{token} requiredOutputs", slice["language"]?["nodejs"], declared["language"]?["nodejs"]);
        Value(found, $"{token} enum", slice["enum"], declared["enum"]);
        Value(found, $"{token} aliases", slice["aliases"], declared["aliases"]);
        Value(found, $"{token} deprecation", slice["deprecationMessage"], declared["deprecationMessage"]);
    }

    private static void Property(List<string> found, string name, JsonObject slice, JsonObject declared)
    {
        if (!JsonNode.DeepEquals(Normalised(slice), Normalised(declared)))
            found.Add($"{name}: {slice.ToJsonString()}; declared {declared.ToJsonString()}");
    }

    // Declarations know neither int from double, nor JSON values from any, nor C# names.
    private static JsonNode? Normalised(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Where(e => e.Key != "language").Select(e => KeyValuePair.Create(e.Key, Normalised(e.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Normalised)]),
        JsonValue value when value.TryGetValue(out string? text) => text switch
        {
            "integer" => "number",
            "pulumi.json#/Json" => "pulumi.json#/Any",
            _ => text,
        },
        _ => node?.DeepClone(),
    };

    private static void Keys(
        List<string> found, string owner, JsonObject slice, JsonObject declared, Action<string, JsonObject, JsonObject> compare, bool mayLack = false)
    {
        foreach (var (key, value) in slice)
        {
            if (declared[key] is JsonObject theirs)
                compare(key, value!.AsObject(), theirs);
            else
                found.Add($"{owner}: {key} is in the slice but not declared");
        }

        if (!mayLack)
            found.AddRange(declared.Where(e => !slice.ContainsKey(e.Key)).Select(e => $"{owner}: {e.Key} is declared but not in the slice"));
    }

    private static void Value(List<string> found, string name, JsonNode? slice, JsonNode? declared)
    {
        if (!JsonNode.DeepEquals(slice, declared))
            found.Add($"{name}: {slice?.ToJsonString()}; declared {declared?.ToJsonString()}");
    }

    private static (JsonObject Properties, IReadOnlyList<string> Required)[] Sets(JsonObject owner) =>
    [
        Set(owner, "inputProperties", "requiredInputs"),
        Set(owner, "properties", "required"),
        Set(owner["inputs"] as JsonObject, "properties", "required"),
        Set(owner["outputs"] as JsonObject, "properties", "required"),
    ];

    private static (JsonObject Properties, IReadOnlyList<string> Required) Set(JsonObject? owner, string properties, string required) =>
        (owner?[properties] as JsonObject ?? [], owner?[required]?.AsArray().Select(n => n!.GetValue<string>()).ToList() ?? []);
}
