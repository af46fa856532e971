using AkiDb.Contracts;
using AkiDb.SearchEngine.Limits;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AkiDb.SearchEngine.Api;

/// <summary>What the OpenAPI document says beyond paths and shapes.</summary>
internal static class OpenApiText
{
    /// <summary>A key as a bearer token.</summary>
    public const string BearerKey = "key";

    /// <summary>The same key in a header of its own.</summary>
    public const string HeaderKey = "key-header";

    public static void Apply(OpenApiOptions options)
    {
        options.AddOperationTransformer((operation, context, _) =>
        {
            OpenApiOperations.Apply(operation, context);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, context, _) =>
        {
            Apply(document);
            OpenApiShapes.Apply(document, context.ApplicationServices.GetRequiredService<RequestLimits>());
            return Task.CompletedTask;
        });
    }

    private static void Apply(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "AkiDB search engine",
            Version = "1",
            Description = "Embeddings, collections, documents and queries. Errors are problem details (RFC 9457) with a trace_id. "
                + $"Keys go into 'Authorization: Bearer' or '{SearchHeaders.ApiKey}'; a server for one machine may ask for none. "
                + "docs/search-engine.md has a session with curl.",
        };
        // Where the server is, the reader of the document knows; what it listens on says nothing behind a proxy.
        document.Servers = [];
        document.AddComponent<IOpenApiSecurityScheme>(BearerKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key with the scope that the operation names.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(HeaderKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = SearchHeaders.ApiKey,
            Description = "The same key in a header of its own.",
        });
    }
}
