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
        var (vector, isTruncated) = await VectorAsync(request, found, context.RequestAborted);
        var neighbors = ArrayPool<Neighbor>.Shared.Rent(request.K);
        try
        {
            // Before the search: what it finds is at least as new.
            var sequence = store.Sequence;
            var count = Search(found, vector, neighbors.AsSpan(0, request.K), request.Ef ?? 0, filter);
            context.Response.ContentType = "application/json";
            Write(context, store, found, neighbors.AsSpan(0, count), new Selection(filter, request.Filter, sequence), parts, isTruncated);
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

    private async ValueTask<(ReadOnlyMemory<float> Vector, bool IsTruncated)> VectorAsync(QueryRequest request, LiveCollection collection, CancellationToken cancellation)
    {
        if (request.Vector is { } vector)
        {
            return DocumentReader.VectorProblem(vector, collection) is { } problem ? throw ProblemException.Invalid($"vector: {problem}.") : (vector, false);
        }

        texts.RequireFor(collection.Settings);
        var embedded = (await texts.EncodeAsync([request.Text!], cancellation))[0];
        return (embedded.Vector, embedded.Truncated);
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
        HttpContext context, SearchStore store, LiveCollection collection, ReadOnlySpan<Neighbor> neighbors, Selection selection, DocumentParts parts, bool isTruncated)
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
                if (collection.Cards.Find(neighbor.Key) is not { } card || !selection.Matches(card))
                {
                    continue;
                }

                var document = session?.Find(collection.Id, neighbor.Key, parts.HasFlag(DocumentParts.Vector));
                if (session is not null && (document is null || !selection.Matches(document)))
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
            if (isTruncated)
            {
                json.WriteBoolean("truncated"u8, true);
            }

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

    /// <summary>What a query asks of metadata.</summary>
    /// <param name="filter">The filter, or null.</param>
    /// <param name="source">The same as it was sent.</param>
    /// <param name="sequence">Number of the last change that the cards had, or an earlier one.</param>
    private sealed class Selection(FilterNode? filter, JsonElement? source, long sequence)
    {
        public bool Matches(DocumentCard card) => filter?.Matches(card.Cells) != false;

        /// <summary>Whether a document matches whose card does. The store is ahead of the cards: only what they had is known to be the same.</summary>
        public bool Matches(StoredDocument document)
        {
            if (source is null || document.Sequence <= sequence)
            {
                return true;
            }

            var fields = new FieldNames();
            var cells = MetadataReader.Read(document.Metadata, fields);
            return FilterParser.Parse(source.Value, fields).Matches(cells);
        }
    }
}
