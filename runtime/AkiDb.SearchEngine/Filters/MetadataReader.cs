using System.Runtime.InteropServices;
using System.Text.Json;

namespace AkiDb.SearchEngine.Filters;

/// <summary>Flattens a document's metadata into cells: <c>{"a":{"b":[1,2]}}</c> has the field <c>a.b</c> twice.</summary>
internal static class MetadataReader
{
    /// <summary>Most scalars a document.</summary>
    public const int MaximumValues = 256;

    /// <summary>Most bytes of one document's metadata, in UTF-8 as it is sent.</summary>
    public const int MaximumBytes = 64 * 1024;

    /// <summary>Most levels of objects and lists.</summary>
    public const int MaximumDepth = 8;

    /// <summary>What is wrong with metadata that a caller sent; null when nothing is.</summary>
    public static string? FindProblem(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            return $"metadata is {metadata.ValueKind}; wanted an object";
        }

        var bytes = JsonMarshal.GetRawUtf8Value(metadata).Length;
        if (bytes > MaximumBytes)
        {
            return $"metadata has {bytes:#,0} bytes; wanted at most {MaximumBytes:#,0}";
        }

        var count = 0;
        return Walk("", metadata, 1, (name, value) => ++count > MaximumValues
            ? $"metadata has more than {MaximumValues} values"
            : value.Kind == MetadataKind.Number && !double.IsFinite(value.Number) ? $"metadata field '{name}' is a number out of range" : null);
    }

    /// <summary>The cells of metadata that passed <see cref="FindProblem"/>, in the form the store keeps.</summary>
    public static MetadataCell[] Read(string? metadata, FieldNames fields)
    {
        if (metadata is null or "{}")
        {
            return [];
        }

        using var document = JsonDocument.Parse(metadata);
        var cells = new List<MetadataCell>();
        Walk("", document.RootElement, 1, (name, value) =>
        {
            if (fields.FindOrAdd(name) is >= 0 and var field)
            {
                cells.Add(new MetadataCell(field, value));
            }

            return null;
        });
        return [.. cells];
    }

    private static string? Walk(string path, JsonElement element, int depth, Func<string, MetadataValue, string?> visit)
    {
        if (depth > MaximumDepth)
        {
            return $"metadata is nested more than {MaximumDepth} levels deep";
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    if (Walk(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, depth + 1, visit) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (Walk(path, item, depth + 1, visit) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            case JsonValueKind.String:
                return visit(path, MetadataValue.Of(element.GetString()!));
            case JsonValueKind.Number:
                return visit(path, MetadataValue.OfNumber(element));
            case JsonValueKind.True or JsonValueKind.False:
                return visit(path, MetadataValue.Of(element.GetBoolean()));
            default:
                // Null says nothing, so there is no cell: the field counts as missing.
                return null;
        }
    }
}
