using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>
/// Checks JSON against a schema of an OpenAPI 3.1 document: types, required fields, enums, patterns, bounds. A field that the schema does
/// not name is a problem too, allowed or not: a document that says less than the server answers has drifted.
/// </summary>
internal sealed class SchemaCheck(JsonNode document)
{
    /// <summary>What <paramref name="reference"/>, such as <c>#/components/schemas/Filter</c>, stands for; null for nothing.</summary>
    public JsonNode? Resolve(string reference) => reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, name) => node?[name]);

    /// <summary>What is wrong, each with its path; none where the value is good.</summary>
    public IEnumerable<string> Check(JsonNode? value, JsonNode schema, string path = "$")
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return Check(value, Resolve(reference)!, path);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Count(choice => !Check(value, choice!, path).Any()) == 1 ? [] : [$"{path} fits none or several of {choices.Count} shapes"];
        }

        var types = schema["type"] is JsonArray several ? several.Select(one => one!.GetValue<string>()).ToList() : [schema["type"]!.GetValue<string>()];
        if (!types.Exists(type => Is(value, type)))
        {
            return [$"{path} is {value?.GetValueKind().ToString() ?? "null"}; the document says {string.Join(", ", types)}"];
        }

        return value switch
        {
            JsonObject map when schema["properties"] is { } properties => CheckObject(map, schema, properties, path),
            JsonArray list => list.SelectMany((item, i) => Check(item, schema["items"]!, $"{path}[{i}]")),
            JsonValue scalar => CheckScalar(scalar, schema, path),
            _ => [],
        };
    }

    private IEnumerable<string> CheckObject(JsonObject map, JsonNode schema, JsonNode properties, string path)
    {
        var missing = (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(name => !map.ContainsKey(name));
        return missing.Select(name => $"{path}.{name} is missing")
            .Concat(map.SelectMany(field => properties[field.Key] is { } known ? Check(field.Value, known, $"{path}.{field.Key}") : [$"{path}.{field.Key} is not in the document"]));
    }

    private static IEnumerable<string> CheckScalar(JsonValue value, JsonNode schema, string path)
    {
        if (schema["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
        {
            yield return $"{path} is {value}, none of {names.ToJsonString()}";
        }

        if (schema["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(value.GetValue<string>(), pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            yield return $"{path} is {value}, which {pattern} does not fit";
        }

        if (value.GetValueKind() == JsonValueKind.Number
            && (value.GetValue<double>() < schema["minimum"]?.GetValue<double>() || value.GetValue<double>() > schema["maximum"]?.GetValue<double>()))
        {
            yield return $"{path} is {value}, out of the document's bounds";
        }
    }

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && double.IsInteger(value.GetValue<double>()),
        _ => throw new NotSupportedException($"The schema's type '{type}' is not known to this check."),
    };
}
