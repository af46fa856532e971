using System.Text.Json;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Filters;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Api;

/// <summary>Documents: put, get, delete.</summary>
internal sealed class DocumentEndpoints(EngineState engine, DocumentReader documents, RequestLimits limits)
{
    public async Task PutAsync(HttpContext context, string collection)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.PutRequest);
        CheckCount("documents", request.Documents.Count);
        var (store, found) = engine.Require(context, collection);
        var (writes, truncated) = await documents.ReadAsync(request.Documents, found, i => $"documents[{i}]", context.RequestAborted);
        await WrittenAnswer.WriteAsync(context, await store.SubmitAsync(new PutDocuments(found.Id, writes), context.RequestAborted), truncated);
    }

    public Task GetOneAsync(HttpContext context, string collection, string id)
    {
        var (store, found) = engine.Require(context, collection);
        var parts = context.Request.Query.TryGetValue("include", out var include) ? Inclusion.Read(include.ToString()) : DocumentParts.Metadata | DocumentParts.Text;
        var document = Read(store, found, [id], parts).FirstOrDefault()
            ?? throw ProblemException.Missing($"Collection '{collection}' has no document of that id.");
        context.Response.ContentType = "application/json";
        using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Options);
        DocumentJson.Write(json, document, parts);
        return Task.CompletedTask;
    }

    public async Task GetManyAsync(HttpContext context, string collection)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.GetRequest);
        CheckIds(request.Ids);
        var parts = request.Include is null ? DocumentParts.Metadata | DocumentParts.Text : Inclusion.Read(request.Include);
        var (store, found) = engine.Require(context, collection);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Options);
        json.WriteStartObject();
        json.WriteStartArray("documents"u8);
        foreach (var document in Read(store, found, request.Ids, parts))
        {
            DocumentJson.Write(json, document, parts);
        }

        json.WriteEndArray();
        json.WriteString("trace_id"u8, RequestTrace.Of(context).TraceId);
        json.WriteEndObject();
    }

    public async Task DeleteOneAsync(HttpContext context, string collection, string id)
    {
        var (store, found) = engine.Require(context, collection);
        var result = await store.SubmitAsync(new DeleteDocuments(found.Id, [id]), context.RequestAborted);
        if (result.Count == 0)
        {
            throw ProblemException.Missing($"Collection '{collection}' has no document of that id.");
        }

        await WrittenAnswer.WriteAsync(context, result);
    }

    public async Task DeleteManyAsync(HttpContext context, string collection)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.DeleteRequest);
        if (request.Ids is null == request.Filter is null)
        {
            throw ProblemException.Invalid("Wanted either 'ids' or 'filter'.");
        }

        var (store, found) = engine.Require(context, collection);
        IReadOnlyList<string> ids;
        if (request.Ids is not null)
        {
            CheckIds(request.Ids);
            ids = request.Ids;
        }
        else
        {
            ids = Matching(found, request.Filter!.Value);
        }

        var total = new WriteResult(store.Sequence, 0);
        // In pieces: one delete of everything would keep every other write waiting.
        foreach (var piece in ids.Chunk(limits.Batch))
        {
            var result = await store.SubmitAsync(new DeleteDocuments(found.Id, piece), context.RequestAborted);
            total = new WriteResult(result.Sequence, total.Count + result.Count);
        }

        await WrittenAnswer.WriteAsync(context, total);
    }

    /// <summary>Answers what takes only POST.</summary>
    public static Task RefuseMethod(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        throw new ProblemException(StatusCodes.Status405MethodNotAllowed, "Method not allowed",
            $"This path does not take {context.Request.Method}: POST puts documents here, GET …/export lists them all, and one document's path ends in its id.");
    }

    /// <summary>Reads a filter that a caller sent.</summary>
    public static FilterNode ParseFilter(LiveCollection collection, JsonElement filter)
    {
        try
        {
            return FilterParser.Parse(filter, collection.Fields);
        }
        catch (FilterException e)
        {
            throw ProblemException.Invalid(e.Message + ".");
        }
        catch (InvalidOperationException)
        {
            throw ProblemException.Invalid("filter has an escaped half of a surrogate pair.");
        }
    }

    private static List<string> Matching(LiveCollection collection, JsonElement filter)
    {
        var node = ParseFilter(collection, filter);
        return [.. collection.Matching(node).Select(key => collection.Cards.Find(key)?.Id).OfType<string>()];
    }

    private static List<StoredDocument> Read(SearchStore store, LiveCollection collection, IReadOnlyList<string> ids, DocumentParts parts)
    {
        using var span = EngineTracing.Start("sqlite.read");
        var session = store.Sessions.Rent();
        try
        {
            return [.. ids.Select(id => session.Find(collection.Id, id, parts.HasFlag(DocumentParts.Vector))).OfType<StoredDocument>()];
        }
        finally
        {
            store.Sessions.Return(session);
        }
    }

    private void CheckIds(List<string> ids)
    {
        CheckCount("ids", ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] is null)
            {
                throw ProblemException.Invalid($"ids[{i}] is null; wanted a text.");
            }
        }
    }

    private void CheckCount(string field, int count)
    {
        if (count < 1 || count > limits.Batch)
        {
            throw ProblemException.Invalid($"{field} has {count:#,0} entries; wanted 1 to {limits.Batch:#,0}.");
        }
    }
}
