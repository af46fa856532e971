using AkiDb.SearchEngine.Api;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Security;

namespace AkiDb.SearchEngine.Pages;

/// <summary>The page for people at <c>/</c>: collections, a search box, live latency. It uses the same API as everybody.</summary>
internal static class ConsolePage
{
    // Nothing from elsewhere, nothing inline: what a document's text says can never run.
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string Resource, string ContentType)[] Files =
    [
        ("/", "console.html", "text/html; charset=utf-8"),
        ("/console.css", "console.css", "text/css; charset=utf-8"),
        ("/console.js", "console.js", "text/javascript; charset=utf-8"),
    ];

    public static void Map(WebApplication app)
    {
        foreach (var (path, resource, contentType) in Files)
        {
            var content = Read(resource);
            app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], async context =>
            {
                context.Response.ContentType = contentType;
                context.Response.Headers.ContentSecurityPolicy = Policy;
                context.Response.Headers.CacheControl = "no-cache";
                context.Response.Headers["Referrer-Policy"] = "no-referrer";
                await context.Response.Body.WriteAsync(content, context.RequestAborted);
            }).WithMetadata(new RouteRule("page", KeyScopes.None, RequestKind.Free));
        }
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(ConsolePage).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"Resource {resource} is missing.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
