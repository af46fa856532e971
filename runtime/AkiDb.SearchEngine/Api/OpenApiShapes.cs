using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Filters;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Limits;
using AkiDb.VectorIndex;
using Microsoft.OpenApi;

namespace AkiDb.SearchEngine.Api;

/// <summary>What the OpenAPI document says of shapes beyond their types: what is refused, what may be missing, and the bounds that hold.</summary>
internal static class OpenApiShapes
{
    /// <summary>Pattern of a trace id.</summary>
    public const string TraceId = "^[0-9a-f]{32}$";

    private const string Filter = "Filter";

    public static void Apply(OpenApiDocument document, RequestLimits limits)
    {
        var shapes = document.Components!.Schemas!;
        SetFree(document, shapes);
        foreach (var (name, shape) in shapes)
        {
            if (name.EndsWith("Request", StringComparison.Ordinal) || name == nameof(DocumentBody))
            {
                ((OpenApiSchema)shape).AdditionalPropertiesAllowed = false;
            }
            else
            {
                LeaveOutNulls((OpenApiSchema)shape);
            }
        }

        SetBounds(shapes, limits);
    }

    // What is read as a JsonElement, which says nothing of its shape.
    private static void SetFree(OpenApiDocument document, IDictionary<string, IOpenApiSchema> shapes)
    {
        shapes.Remove(nameof(JsonElement));
        document.AddComponent<IOpenApiSchema>(Filter, FilterShape(document));
        foreach (var name in (string[])[nameof(QueryRequest), nameof(DeleteRequest)])
        {
            shapes[name].Properties!["filter"] = new OpenApiSchemaReference(Filter, document);
        }

        foreach (var name in (string[])[nameof(DocumentBody), nameof(DocumentAnswer), nameof(QueryMatch)])
        {
            shapes[name].Properties!["metadata"] = new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null };
        }
    }

    // Answers leave out what is null.
    private static void LeaveOutNulls(OpenApiSchema shape)
    {
        foreach (var (name, property) in shape.Properties?.ToList() ?? [])
        {
            if (property.OneOf is [_, _] either && either.FirstOrDefault(one => one.Type == JsonSchemaType.Null) is { } none)
            {
                shape.Properties![name] = either.First(one => one != none);
            }
            else if (property.Type is { } type && type.HasFlag(JsonSchemaType.Null))
            {
                ((OpenApiSchema)property).Type = type & ~JsonSchemaType.Null;
            }
            else
            {
                continue;
            }

            shape.Required?.Remove(name);
        }

        if (shape.Properties?.TryGetValue("trace_id", out var trace) == true)
        {
            ((OpenApiSchema)trace).Pattern = TraceId;
        }
    }

    private static void SetBounds(IDictionary<string, IOpenApiSchema> shapes, RequestLimits limits)
    {
        Of(shapes, nameof(CreateRequest), "name").Pattern = CollectionSettings.NamePattern;
        Range(Of(shapes, nameof(CreateRequest), "dimension"), 1, CollectionSettings.MaximumDimension);
        Range(Of(shapes, nameof(CreateRequest), "m"), IndexOptions.MinimumLinks, IndexOptions.MaximumLinks);
        Range(Of(shapes, nameof(CreateRequest), "ef_construction"), IndexOptions.MinimumLinks, IndexOptions.MaximumConstructionWidth);
        Range(Of(shapes, nameof(CreateRequest), "ef"), 1, RequestLimits.MaximumWidth);
        Range(Of(shapes, nameof(QueryRequest), "k"), 1, RequestLimits.MaximumK);
        Range(Of(shapes, nameof(QueryRequest), "ef"), 1, RequestLimits.MaximumWidth);
        foreach (var name in (string[])[nameof(CreateRequest), nameof(CollectionAnswer)])
        {
            OneOf(Of(shapes, name, "metric"), CollectionEndpoints.MetricNames);
            OneOf(Of(shapes, name, "structure"), CollectionEndpoints.StructureNames);
            OneOf(Of(shapes, name, "quantization"), CollectionEndpoints.QuantizationNames);
        }

        OneOf(Of(shapes, nameof(StatusAnswer), "role"), Enum.GetNames<EngineRole>().Select(role => role.ToLowerInvariant()));
        foreach (var name in (string[])[nameof(QueryRequest), nameof(GetRequest)])
        {
            OneOf((OpenApiSchema)Of(shapes, name, "include").Items!, Inclusion.Names);
        }

        foreach (var name in (string[])[nameof(QueryRequest), nameof(DocumentBody)])
        {
            Of(shapes, name, "text").MaxLength = RequestLimits.MaximumTextLength;
            Length(Of(shapes, name, "vector"), CollectionSettings.MaximumDimension);
        }

        var id = Of(shapes, nameof(DocumentBody), "id");
        (id.MinLength, id.MaxLength) = (1, RequestLimits.MaximumIdBytes);
        id.Description = $"At most {RequestLimits.MaximumIdBytes} bytes of UTF-8, no control characters.";
        Length(Of(shapes, nameof(PutRequest), "documents"), limits.Batch);
        Length(Of(shapes, nameof(GetRequest), "ids"), limits.Batch);
        Length(Of(shapes, nameof(DeleteRequest), "ids"), limits.Batch);
        var texts = Of(shapes, nameof(EmbedRequest), "texts");
        Length(texts, limits.Batch);
        ((OpenApiSchema)texts.Items!).MaxLength = RequestLimits.MaximumTextLength;
    }

    private static OpenApiSchema FilterShape(OpenApiDocument document)
    {
        var scalar = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean };
        var condition = Closed("field", new OpenApiSchema { Type = JsonSchemaType.String });
        condition.MinProperties = 2;
        foreach (var name in (string[])["eq", "ne", "gt", "gte", "lt", "lte"])
        {
            condition.Properties![name] = scalar;
        }

        condition.Properties!["in"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = scalar, MinItems = 1, MaxItems = FilterParser.MaximumValues };
        condition.Properties["exists"] = new OpenApiSchema { Type = JsonSchemaType.Boolean };
        var inner = new OpenApiSchemaReference(Filter, document);
        var list = new OpenApiSchema { Type = JsonSchemaType.Array, Items = inner, MinItems = 1 };
        return new OpenApiSchema
        {
            Description = $"Conditions on metadata, at most {FilterParser.MaximumDepth} levels and {FilterParser.MaximumConditions} conditions. "
                + "Fields of inner objects are outer.inner.",
            OneOf = [condition, Closed("all", list), Closed("any", list), Closed("not", inner)],
        };
    }

    private static OpenApiSchema Closed(string required, IOpenApiSchema property) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { required },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [required] = property },
        AdditionalPropertiesAllowed = false,
    };

    private static OpenApiSchema Of(IDictionary<string, IOpenApiSchema> shapes, string shape, string property) =>
        (OpenApiSchema)shapes[shape].Properties![property];

    private static void Range(OpenApiSchema number, int least, int most) =>
        (number.Minimum, number.Maximum) = (least.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));

    private static void Length(OpenApiSchema list, int most) => (list.MinItems, list.MaxItems) = (1, most);

    private static void OneOf(OpenApiSchema text, IEnumerable<string> names) =>
        (text.Type, text.Enum) = (JsonSchemaType.String, [.. names.Select(name => (JsonNode)name)]);
}
