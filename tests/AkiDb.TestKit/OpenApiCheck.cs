using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AkiDb.Infra.Plan.Values;

namespace AkiDb.TestKit;

/// <summary>
/// Checks a value against a CRD's OpenAPI v3 schema as an API server with strict field validation does: types, required and
/// unknown keys, enums, patterns and bounds. CEL rules are not evaluated.
/// </summary>
public static class OpenApiCheck
{
    /// <summary>What is wrong, each with its path; none where the value is good.</summary>
    public static IEnumerable<string> Check(PlanValue value, JsonElement schema, string path = "")
    {
        if (schema.TryGetProperty("x-kubernetes-preserve-unknown-fields", out var any) && any.GetBoolean())
            return [];
        if (schema.TryGetProperty("x-kubernetes-int-or-string", out _))
            return value is NumberValue or TextValue ? CheckText(value, schema, path) : [$"{path}: want a number or text"];
        return schema.TryGetProperty("type", out var type) ? type.GetString() switch
        {
            "object" => value is MapValue map ? CheckMap(map, schema, path) : [$"{path}: want an object"],
            "array" => value is ListValue list ? CheckList(list, schema, path) : [$"{path}: want a list"],
            "string" => value is TextValue ? CheckText(value, schema, path) : [$"{path}: want text"],
            "boolean" => value is BooleanValue ? [] : [$"{path}: want true or false"],
            "integer" => value is NumberValue number && double.IsInteger(number.Value) ? CheckBounds(number, schema, path) : [$"{path}: want a whole number"],
            "number" => value is NumberValue fraction ? CheckBounds(fraction, schema, path) : [$"{path}: want a number"],
            var other => [$"{path}: the schema's type '{other}' is not known to this check"],
        }
        : [];
    }

    private static IEnumerable<string> CheckMap(MapValue map, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var key in required.EnumerateArray().Select(key => key.GetString()!).Where(key => !map.Entries.ContainsKey(key)))
                yield return $"{PropertyPath.Append(path, key)}: required";
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties);
        var hasFreeKeys = schema.TryGetProperty("additionalProperties", out var free);
        foreach (var (key, entry) in map.Entries)
        {
            var at = PropertyPath.Append(path, key);
            if (hasProperties && properties.TryGetProperty(key, out var known))
            {
                foreach (var problem in Check(entry, known, at))
                    yield return problem;
            }
            else if (hasFreeKeys)
            {
                foreach (var problem in free.ValueKind == JsonValueKind.Object ? Check(entry, free, at) : [])
                    yield return problem;
            }
            else if (hasProperties)
            {
                yield return $"{at}: unknown key";
            }
        }
    }

    private static IEnumerable<string> CheckList(ListValue list, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("maxItems", out var most) && list.Items.Length > most.GetInt32())
            yield return $"{path}: more than {most} items";
        if (schema.TryGetProperty("minItems", out var least) && list.Items.Length < least.GetInt32())
            yield return $"{path}: fewer than {least} items";
        for (var index = 0; index < list.Items.Length; index++)
        {
            foreach (var problem in Check(list.Items[index], schema.GetProperty("items"), PropertyPath.Append(path, index)))
                yield return problem;
        }
    }

    private static IEnumerable<string> CheckText(PlanValue value, JsonElement schema, string path)
    {
        var text = value is TextValue given ? given.Value : ((NumberValue)value).Value.ToString(CultureInfo.InvariantCulture);
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(allowed => allowed.GetString() == text))
            yield return $"{path}: '{text}' is none of {values}";
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
            yield return $"{path}: '{text}' does not match {pattern}";
        if (schema.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32())
            yield return $"{path}: longer than {most}";
        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32())
            yield return $"{path}: shorter than {least}";
    }

    private static IEnumerable<string> CheckBounds(NumberValue number, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("maximum", out var most) && number.Value > most.GetDouble())
            yield return $"{path}: above {most}";
        if (schema.TryGetProperty("minimum", out var least) && number.Value < least.GetDouble())
            yield return $"{path}: below {least}";
    }
}
