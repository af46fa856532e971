using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Filters;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Store;
using AkiDb.SearchEngine.Texts;
using AkiDb.VectorIndex;

namespace AkiDb.SearchEngine.Api;

/// <summary>The nearest documents to a text or a vector.</summary>
internal sealed class QueryEndpoint(EngineState engine, TextEncoder texts, RecentLatencies latencies)
{
    public async Task QueryAsync(HttpContext context, string collection)
    {
        var started = Stopwatch.GetTimestamp();
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.QueryRequest);
        var (store, found) = engine.Require(context, collection);
        Check(request);
        var parts = Inclusion.Read(request.Include);
        var filter = request.Filter is { } given ? DocumentEndpoints.ParseFilter(found, given) : null;
        var vector = await VectorAsync(request, found, context.RequestAborted);
        var neighbors = ArrayPool<Neighbor>.Shared.Rent(request.K);
        try
        {
            var count = Search(found, vector, neighbors.AsSpan(0, request.K), request.Ef ?? 0, filter);
            context.Response.ContentType = "application/json";
            Write(context, store, found, neighbors.AsSpan(0, count), filter, parts);
        }
        finally
        {
            ArrayPool<Neighbor>.Shared.Return(neighbors);
        }

        latencies.Add(Stopwatch.GetElapsedTime(started));
    }

    private static void Check(QueryRequest request)
    {
        if (request.Text is null == request.Vector is null)
        {
            throw ProblemException.Invalid("Wanted either 'text' or 'vector'.");
        }

        if (request.K is < 1 or > RequestLimits.MaximumK)
        {
            throw ProblemException.Invalid($"k is {request.K}; wanted 1 to {RequestLimits.MaximumK:#,0}.");
        }

        if (request.Ef is < 1 or > RequestLimits.MaximumWidth)
        {
            throw ProblemException.Invalid($"ef is {request.Ef}; wanted 1 to {RequestLimits.MaximumWidth:#,0}.");
        }

        if (request.Text is { } text && TextEncoder.FindProblem(text) is { } problem)
        {
            throw ProblemException.Invalid(problem + ".");
        }
    }

    private async ValueTask<ReadOnlyMemory<float>> VectorAsync(QueryRequest request, LiveCollection collection, CancellationToken cancellation)
    {
        if (request.Vector is { } vector)
        {
            return DocumentReader.VectorProblem(vector, collection) is { } problem ? throw ProblemException.Invalid($"vector: {problem}.") : vector;
        }

        texts.RequireFor(collection.Settings);
        return (await texts.EncodeAsync([request.Text!], cancellation))[0].Vector;
    }

    private static int Search(LiveCollection collection, ReadOnlyMemory<float> vector, Span<Neighbor> neighbors, int width, FilterNode? filter)
    {
        using var span = EngineTracing.Start("search");
        var settings = new SearchSettings { Width = width, Filter = filter is null ? null : collection.Plan(filter) };
        var count = collection.Index.Search(vector.Span, neighbors, settings);
        span?.SetTag("akidb.k", neighbors.Length).SetTag("akidb.found", count).SetTag("akidb.filtered", filter is not null);
        return count;
    }

    private static void Write(
        HttpContext context, SearchStore store, LiveCollection collection, ReadOnlySpan<Neighbor> neighbors, FilterNode? filter, DocumentParts parts)
    {
        using var span = parts == DocumentParts.None ? null : EngineTracing.Start("sqlite.read");
        var session = parts == DocumentParts.None ? null : store.Sessions.Rent();
        using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Options);
        try
        {
            json.WriteStartObject();
            json.WriteStartArray("matches"u8);
            foreach (var neighbor in neighbors)
            {
                // A document can go, or change, between the search and here; then it is no match any more.
                if (collection.Cards.Find(neighbor.Key) is not { } card || filter?.Matches(card.Cells) == false)
                {
                    continue;
                }

                var document = session?.Find(collection.Id, neighbor.Key, parts.HasFlag(DocumentParts.Vector));
                if (session is not null && document is null)
                {
                    continue;
                }

                json.WriteStartObject();
                json.WriteString("id"u8, card.Id);
                json.WriteNumber("distance"u8, neighbor.Distance);
                if (document is not null)
                {
                    DocumentJson.WriteParts(json, document, parts);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("sequence"u8, store.Sequence);
            json.WriteString("trace_id"u8, RequestTrace.Of(context).TraceId);
            json.WriteEndObject();
        }
        finally
        {
            if (session is not null)
            {
                store.Sessions.Return(session);
            }
        }
    }
}
