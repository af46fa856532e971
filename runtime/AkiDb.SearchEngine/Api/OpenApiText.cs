using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AkiDb.SearchEngine.Api;

/// <summary>What the OpenAPI document says beyond paths and shapes.</summary>
internal static class OpenApiText
{
    public static void Apply(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "AkiDB search engine",
            Version = "1",
            Description = "Embeddings, collections, documents and queries. Errors are problem details (RFC 9457) with a trace_id. "
                + "Keys go into 'Authorization: Bearer' or 'X-Api-Key'. docs/search-engine.md has a session with curl.",
        };
        // Where the server is, the reader of the document knows; what it listens on says nothing behind a proxy.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key with the scope that the path needs." },
        };
        return Task.CompletedTask;
    });
}
