using System.Globalization;
using System.Text.Json.Nodes;
using AkiDb.Contracts;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AkiDb.SearchEngine.Api;

/// <summary>What the OpenAPI document says of each operation, from the rule of its route: keys, headers, what a status means.</summary>
internal static class OpenApiOperations
{
    public static void Apply(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var rule = context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteRule>().Last();
        if (rule.Scope != KeyScopes.None)
        {
            List<string> scope = [rule.Scope.ToString().ToLowerInvariant()];
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiText.BearerKey, context.Document)] = scope },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiText.HeaderKey, context.Document)] = scope },
            ];
        }

        if (rule is { NeedsStore: true, IsWrite: false })
        {
            AddParameter(operation, new OpenApiParameter
            {
                Name = SearchHeaders.MaximumStaleness,
                In = ParameterLocation.Header,
                Description = "Refuse, with 503, to answer from data older than so many milliseconds.",
                Schema = Count(EngineState.MaximumAskedStaleness),
            });
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            Describe((OpenApiResponse)response, int.Parse(status, CultureInfo.InvariantCulture), rule);
        }
    }

    /// <summary>Adds the parameter <c>include</c>.</summary>
    public static void AddInclude(OpenApiOperation operation) => AddParameter(operation, new OpenApiParameter
    {
        Name = "include",
        In = ParameterLocation.Query,
        Style = ParameterStyle.Form,
        Explode = false,
        Description = "Parts of the document, with commas between them. Default: metadata,text.",
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Inclusion.Names.Select(name => (JsonNode)name)] },
        },
    });

    private static void Describe(OpenApiResponse response, int status, RouteRule rule)
    {
        if (response.Content?.ContainsKey(RouteProblems.MediaType) == true)
        {
            response.Description = RouteProblems.Meaning(status);
        }

        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        Add(RoutingHeaders.TraceId, "The request's trace, as in traceparent.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = OpenApiShapes.TraceId });
        if (status is StatusCodes.Status429TooManyRequests || (status is StatusCodes.Status503ServiceUnavailable && rule.NeedsStore))
        {
            Add("Retry-After", "Seconds.", Count());
        }

        if (status is StatusCodes.Status201Created)
        {
            Add("Location", "Path of what was made.", new OpenApiSchema { Type = JsonSchemaType.String });
        }

        if (status < 300 && rule.NeedsStore)
        {
            Add(SearchHeaders.Sequence, "Number of the last change that the answer knows of; of a write, its own.", Count());
            if (!rule.IsWrite)
            {
                Add(SearchHeaders.Staleness, "From a reader: upper bound on the age of its data, milliseconds.", Count());
            }
        }

        void Add(string name, string description, OpenApiSchema schema) =>
            response.Headers[name] = new OpenApiHeader { Description = description, Schema = schema };
    }

    private static void AddParameter(OpenApiOperation operation, OpenApiParameter parameter)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(parameter);
    }

    private static OpenApiSchema Count(int? most = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = "0",
        Maximum = most?.ToString(CultureInfo.InvariantCulture),
    };
}
