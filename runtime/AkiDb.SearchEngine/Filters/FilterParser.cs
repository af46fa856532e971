using System.Text.Json;

namespace AkiDb.SearchEngine.Filters;

/// <summary>A filter is wrong; the message says where and what would be right.</summary>
internal sealed class FilterException(string message) : Exception(message);

/// <summary>
/// Reads a filter: <c>{"field": "year", "gte": 2000, "lt": 2010}</c>, with <c>eq</c>, <c>ne</c>, <c>in</c>, <c>gt</c>, <c>gte</c>,
/// <c>lt</c>, <c>lte</c>, <c>exists</c>, and <c>{"all": [...]}</c>, <c>{"any": [...]}</c>, <c>{"not": {...}}</c> around such conditions.
/// </summary>
internal sealed class FilterParser(FieldNames fields)
{
    /// <summary>Most levels of all, any and not.</summary>
    public const int MaximumDepth = 8;

    /// <summary>Most conditions of one filter: comparisons, each <c>gte</c> and <c>lt</c> by itself; all, any and not are none.</summary>
    public const int MaximumConditions = 64;

    /// <summary>Most values of one <c>in</c>.</summary>
    public const int MaximumValues = 1_000;

    private int _conditions;

    /// <exception cref="FilterException">The filter is wrong.</exception>
    public static FilterNode Parse(JsonElement filter, FieldNames fields) => new FilterParser(fields).Parse(filter, "filter", 1);

    private FilterNode Parse(JsonElement node, string path, int depth)
    {
        Require(depth <= MaximumDepth, path, $"is nested more than {MaximumDepth} levels deep");
        Require(node.ValueKind == JsonValueKind.Object, path, $"is {node.ValueKind}; wanted an object");
        if (node.TryGetProperty("field", out var field))
        {
            Require(field.ValueKind == JsonValueKind.String, path + ".field", $"is {field.ValueKind}; wanted a name");
            return ParseConditions(node, Find(field.GetString()!, path + ".field"), path);
        }

        Require(node.EnumerateObject().Count() == 1, path, "has no 'field'; wanted one of field, all, any, not");
        var property = node.EnumerateObject().First();
        var inner = $"{path}.{property.Name}";
        return property.Name switch
        {
            "all" => new AllNode(ParseList(property.Value, inner, depth)),
            "any" => new AnyNode(ParseList(property.Value, inner, depth)),
            "not" => new NotNode(Parse(property.Value, inner, depth + 1)),
            _ => throw new FilterException($"{inner} is unknown; wanted field, all, any or not"),
        };
    }

    private FilterNode[] ParseList(JsonElement list, string path, int depth)
    {
        Require(list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0, path, "must be a list of one condition or more");
        return [.. list.EnumerateArray().Select((item, i) => Parse(item, $"{path}[{i}]", depth + 1))];
    }

    // A name of which nothing is known would count as missing everywhere, and a delete would take documents that have it.
    private int Find(string name, string path)
    {
        var field = fields.Find(name);
        Require(field >= 0 || !fields.IsIncomplete, path,
            $"is '{(name.Length <= 60 ? name : name[..59] + "…")}', which cannot be filtered on: the collection has more than {FieldNames.Maximum:#,0} field names");
        return field;
    }

    private FilterNode ParseConditions(JsonElement node, int field, string path)
    {
        var parts = new List<FilterNode>();
        var bounds = new List<RangeBound>();
        foreach (var property in node.EnumerateObject().Where(property => property.Name != "field"))
        {
            var inner = $"{path}.{property.Name}";
            Require(++_conditions <= MaximumConditions, inner, $"is one of more than {MaximumConditions} conditions");
            if (property.Name is "gt" or "gte" or "lt" or "lte")
            {
                bounds.Add(new RangeBound(Value(property.Value, inner), property.Name[0] == 'g' ? 1 : -1, property.Name.Length == 3));
                continue;
            }

            parts.Add(property.Name switch
            {
                "eq" => new AnyOfNode(field, [Value(property.Value, inner)]),
                "ne" => new NotNode(new AnyOfNode(field, [Value(property.Value, inner)])),
                "in" => new AnyOfNode(field, Values(property.Value, inner)),
                "exists" => Flag(property.Value, inner) ? new ExistsNode(field) : new NotNode(new ExistsNode(field)),
                _ => throw new FilterException($"{inner} is unknown; wanted eq, ne, in, gt, gte, lt, lte or exists"),
            });
        }

        if (bounds.Count > 0)
        {
            parts.Add(new RangeNode(field, [.. bounds]));
        }

        Require(parts.Count > 0, path, "has a field and no condition; wanted eq, ne, in, gt, gte, lt, lte or exists");
        return parts.Count == 1 ? parts[0] : new AllNode([.. parts]);
    }

    private static MetadataValue[] Values(JsonElement list, string path)
    {
        Require(list.ValueKind == JsonValueKind.Array && list.GetArrayLength() is > 0 and <= MaximumValues, path, $"must be a list of 1 to {MaximumValues} values");
        return [.. list.EnumerateArray().Select((item, i) => Value(item, $"{path}[{i}]")).Distinct()];
    }

    private static MetadataValue Value(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return MetadataValue.Of(value.GetString()!);
            case JsonValueKind.Number:
                Require(MetadataValue.IsExact(value), path, "is a whole number of more than 64 bits, which is not compared exactly; send such ids as texts");
                var number = MetadataValue.OfNumber(value);
                Require(double.IsFinite(number.Number), path, "is a number out of range");
                return number;
            case JsonValueKind.True or JsonValueKind.False:
                return MetadataValue.Of(value.GetBoolean());
            default:
                throw new FilterException($"{path} is {value.ValueKind}; wanted a text, a number, true or false");
        }
    }

    private static bool Flag(JsonElement value, string path)
    {
        Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, path, $"is {value.ValueKind}; wanted true or false");
        return value.GetBoolean();
    }

    private static void Require(bool isGood, string path, string problem)
    {
        if (!isGood)
        {
            throw new FilterException($"{path} {problem}");
        }
    }
}
