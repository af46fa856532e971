using AkiDb.Contracts;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Pages;
using AkiDb.SearchEngine.Security;

namespace AkiDb.SearchEngine.Api;

/// <summary>Every path that the service has, with its rule and what OpenAPI says of it.</summary>
internal static class Routes
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";
    private const string Text = "text/plain";
    private const string Collections = "/api/v1/collections";
    private const string OneCollection = Collections + "/{collection}";
    private const string Documents = OneCollection + "/documents";

    public static void Map(WebApplication app)
    {
        var services = app.Services;
        MapHealth(app, services.GetRequiredService<StatusEndpoint>());
        MapCollections(app, services.GetRequiredService<CollectionEndpoints>());
        MapDocuments(app, services.GetRequiredService<DocumentEndpoints>());
        MapSearch(app, services.GetRequiredService<QueryEndpoint>(), services.GetRequiredService<EmbedEndpoint>());
        MapTransfer(app, services.GetRequiredService<TransferEndpoints>());
        ConsolePage.Map(app);
        app.MapOpenApi("/openapi/v1.json").WithMetadata(new RouteRule("openapi", KeyScopes.None, RequestKind.Free));
    }

    private static void MapHealth(WebApplication app, StatusEndpoint status)
    {
        app.OnGet(ServiceEndpoints.Live, (HttpContext context) => StatusEndpoint.LiveAsync(context))
            .Rule("live", KeyScopes.None, RequestKind.Free).Describe("Health", "200 while the process can make progress.").Produces<string>(contentType: Text);
        app.OnGet(ServiceEndpoints.Ready, (HttpContext context) => status.ReadyAsync(context))
            .Rule("ready", KeyScopes.None, RequestKind.Free).Describe("Health", "200 while the process should get traffic, else 503 and why.")
            .Produces<string>(contentType: Text).Produces<string>(StatusCodes.Status503ServiceUnavailable, Text);
        // Load balancers ask with HEAD.
        app.OnHead(ServiceEndpoints.Live, (HttpContext context) => StatusEndpoint.LiveAsync(context))
            .Rule("live", KeyScopes.None, RequestKind.Free).ExcludeFromDescription();
        app.OnHead(ServiceEndpoints.Ready, (HttpContext context) => status.ReadyAsync(context))
            .Rule("ready", KeyScopes.None, RequestKind.Free).ExcludeFromDescription();
        app.OnGet(ServiceEndpoints.Metrics, (HttpContext context) => status.MetricsAsync(context))
            .Rule("metrics", KeyScopes.None, RequestKind.Free).Describe("Health", "Metrics in Prometheus' text format.").Produces<string>(contentType: Text);
        app.OnGet("/api/v1/status", (HttpContext context) => status.StatusAsync(context))
            .Rule("status", KeyScopes.Read, RequestKind.Free).Describe("Health", "What this process is and how it is.").Produces<StatusAnswer>();
    }

    private static void MapCollections(WebApplication app, CollectionEndpoints collections)
    {
        app.OnPost(Collections, (HttpContext context) => collections.CreateAsync(context))
            .Rule("collection-create", KeyScopes.Admin, RequestKind.Write, isWrite: true)
            .Describe("Collections", "Make a collection.").Accepts<CreateRequest>(Json).Produces<CollectionAnswer>(StatusCodes.Status201Created).CanConflict();
        app.OnGet(Collections, (HttpContext context) => collections.ListAsync(context))
            .Rule("collection-list", KeyScopes.Read, RequestKind.Query).Describe("Collections", "All collections.").Produces<CollectionList>();
        app.OnGet(OneCollection, (HttpContext context, string collection) => collections.GetAsync(context, collection))
            .Rule("collection-get", KeyScopes.Read, RequestKind.Query).Describe("Collections", "A collection's settings and statistics.").Produces<CollectionAnswer>();
        app.OnDelete(OneCollection, (HttpContext context, string collection) => collections.DeleteAsync(context, collection))
            .Rule("collection-delete", KeyScopes.Admin, RequestKind.Write, isWrite: true)
            .Describe("Collections", "Delete a collection with its documents.").Produces<WriteAnswer>();
    }

    private static void MapDocuments(WebApplication app, DocumentEndpoints documents)
    {
        app.OnPost(Documents, (HttpContext context, string collection) => documents.PutAsync(context, collection))
            .Rule("document-put", KeyScopes.Write, RequestKind.Write, isWrite: true)
            .Describe("Documents", "Put documents: new ones, or over those of the same ids. Durable and searchable when answered.").Accepts<PutRequest>(Json).Produces<WriteAnswer>().CanConflict();
        app.OnPost(Documents + "/get", (HttpContext context, string collection) => documents.GetManyAsync(context, collection))
            .Rule("document-get", KeyScopes.Read, RequestKind.Query).Describe("Documents", "Documents by id; those that do not exist are left out.").Accepts<GetRequest>(Json)
            .Produces<DocumentList>();
        app.OnPost(Documents + "/delete", (HttpContext context, string collection) => documents.DeleteManyAsync(context, collection))
            .Rule("document-delete", KeyScopes.Write, RequestKind.Write, isWrite: true)
            .Describe("Documents", "Delete documents by ids or by a filter.").Accepts<DeleteRequest>(Json).Produces<WriteAnswer>();
        app.OnGet(Documents + "/{**id}", (HttpContext context, string collection, string id) => documents.GetOneAsync(context, collection, SentPath.DocumentId(context)))
            .Rule("document-get", KeyScopes.Read, RequestKind.Query).Describe("Documents", "One document.")
            .Produces<DocumentAnswer>().AddOpenApiOperationTransformer((operation, _, _) =>
            {
                OpenApiOperations.AddInclude(operation);
                return Task.CompletedTask;
            });
        app.OnDelete(Documents + "/{**id}", (HttpContext context, string collection, string id) => documents.DeleteOneAsync(context, collection, SentPath.DocumentId(context)))
            .Rule("document-delete", KeyScopes.Write, RequestKind.Write, isWrite: true).Describe("Documents", "Delete one document.").Produces<WriteAnswer>();
        // Else the routes above would take an empty id.
        app.MapMethods(Documents, [HttpMethods.Get, HttpMethods.Head, HttpMethods.Delete, HttpMethods.Put, HttpMethods.Patch], DocumentEndpoints.RefuseMethod).ExcludeFromDescription();
    }

    private static void MapSearch(WebApplication app, QueryEndpoint queries, EmbedEndpoint embed)
    {
        app.OnPost(OneCollection + "/query", (HttpContext context, string collection) => queries.QueryAsync(context, collection))
            .Rule("query", KeyScopes.Read, RequestKind.Query).Describe("Search", "The nearest documents to a text or a vector.").Accepts<QueryRequest>(Json)
            .Produces<QueryAnswer>().CanConflict();
        app.OnPost(ServiceEndpoints.Embed, (HttpContext context) => embed.EmbedAsync(context))
            .Rule(RouteRule.Embed, KeyScopes.Read, RequestKind.Query).Describe("Search", "Vectors of texts.").Accepts<EmbedRequest>(Json).Produces<EmbedAnswer>().CanConflict();
    }

    private static void MapTransfer(WebApplication app, TransferEndpoints transfer)
    {
        app.OnGet(OneCollection + "/export", (HttpContext context, string collection) => transfer.ExportAsync(context, collection))
            .Rule("export", KeyScopes.Admin, RequestKind.Write, isStream: true).Describe("Transfer", "All documents, one JSON object a line.")
            .Produces<DocumentAnswer>(contentType: Lines);
        app.OnPost(OneCollection + "/import", (HttpContext context, string collection) => transfer.ImportAsync(context, collection))
            .Rule("import", KeyScopes.Write, RequestKind.Write, isWrite: true, isStream: true).Describe("Transfer", "Put documents, one JSON object a line, any number of lines.")
            .Accepts<DocumentBody>(Lines).Produces<WriteAnswer>().CanConflict();
    }

    // Handlers as delegates: as request delegates they would not be in the OpenAPI document.
    private static RouteHandlerBuilder OnGet(this WebApplication app, string path, Delegate handler) => app.MapGet(path, handler);

    private static RouteHandlerBuilder OnHead(this WebApplication app, string path, Delegate handler) => app.MapMethods(path, [HttpMethods.Head], handler);

    private static RouteHandlerBuilder OnPost(this WebApplication app, string path, Delegate handler) => app.MapPost(path, handler);

    private static RouteHandlerBuilder OnDelete(this WebApplication app, string path, Delegate handler) => app.MapDelete(path, handler);

    private static RouteHandlerBuilder Rule(
        this RouteHandlerBuilder route, string name, KeyScopes scope, RequestKind kind, bool isWrite = false, bool isStream = false) =>
        route.WithMetadata(new RouteRule(name, scope, kind, isWrite, isStream));

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string group, string summary) =>
        route.WithTags(group).WithSummary(summary).Problems();

    private static RouteHandlerBuilder Problems(this RouteHandlerBuilder route)
    {
        route.Finally(RouteProblems.Add);
        return route;
    }

    // What is asked for does not fit the model that is loaded or the collection that is there.
    private static RouteHandlerBuilder CanConflict(this RouteHandlerBuilder route) => route.Produces<ProblemDetails>(StatusCodes.Status409Conflict, RouteProblems.MediaType);
}
