using System.Buffers;
using System.Text.Json;
using AkiDb.SearchEngine.Collections;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Store;

namespace AkiDb.SearchEngine.Api;

/// <summary>Export and import of whole collections as NDJSON, a document a line, in constant memory.</summary>
internal sealed class TransferEndpoints(EngineState engine, DocumentReader documents, RequestLimits limits)
{
    private const string Lines = "application/x-ndjson";
    private const int FlushBytes = 64 * 1024;

    // Smaller than the limit of a request: embedding and committing take turns, and a stopped import loses less.
    private const int ImportBatch = 256;

    public async Task ExportAsync(HttpContext context, string collection)
    {
        var (store, found) = engine.Require(context, collection);
        context.Response.ContentType = Lines;
        // A session of its own: its statement stays open, and with it one state of the store, until the last line.
        using var session = new ReadSession(Path.Combine(store.Folder, SearchStore.DatabaseName));
        var output = context.Response.BodyWriter;
        using var json = new Utf8JsonWriter(output, JsonText.Options);
        foreach (var document in session.Documents(found.Id))
        {
            json.Reset(output);
            DocumentJson.Write(json, document, DocumentParts.Metadata | DocumentParts.Text | DocumentParts.Vector);
            json.Flush();
            output.Write("\n"u8);
            if (output.UnflushedBytes > FlushBytes)
            {
                await output.FlushAsync(context.RequestAborted);
            }
        }
    }

    public async Task ImportAsync(HttpContext context, string collection)
    {
        var (store, found) = engine.Require(context, collection);
        var import = new Import(documents, limits, context, store, found);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            var rest = result.Buffer;
            try
            {
                while (TryReadLine(ref rest, out var line))
                {
                    await import.AddAsync(line);
                }

                if (rest.Length > limits.BodyBytes)
                {
                    throw import.Stopped($"line {import.Line + 1} is longer than {limits.BodyBytes:#,0} bytes");
                }

                if (result.IsCompleted)
                {
                    await import.AddAsync(rest);
                    break;
                }
            }
            finally
            {
                // After a wrong line too: the server takes in what is still on its way, so that the client reads why it failed.
                reader.AdvanceTo(rest.Start, result.Buffer.End);
            }
        }

        await import.FlushAsync();
        await WrittenAnswer.WriteAsync(context, new WriteResult(import.Sequence ?? store.Sequence, import.Stored), import.Truncated);
    }

    private static bool TryReadLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = rest.Slice(0, end);
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }

    private sealed class Import(DocumentReader documents, RequestLimits limits, HttpContext context, SearchStore store, LiveCollection collection)
    {
        private readonly List<(int Line, DocumentBody Document)> _pending = [];

        public int Line { get; private set; }

        public int Stored { get; private set; }

        public int Truncated { get; private set; }

        /// <summary>Number of the last change; null before the first.</summary>
        public long? Sequence { get; private set; }

        public async ValueTask AddAsync(ReadOnlySequence<byte> line)
        {
            Line++;
            if (IsBlank(line))
            {
                return;
            }

            try
            {
                _pending.Add((Line, JsonBody.Parse(line, ApiJson.Default.DocumentBody, $"line {Line}")));
            }
            catch (ProblemException e)
            {
                await FlushAsync();
                throw Stopped(e.Detail.TrimEnd('.'));
            }

            if (_pending.Count >= Math.Min(ImportBatch, limits.Batch))
            {
                await FlushAsync();
            }
        }

        public async ValueTask FlushAsync()
        {
            if (_pending.Count == 0)
            {
                return;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            limit.CancelAfter(limits.WriteTimeout);
            try
            {
                var (writes, truncated) = await documents.ReadAsync([.. _pending.Select(one => one.Document)], collection, i => $"line {_pending[i].Line}", limit.Token);
                Sequence = (await store.SubmitAsync(new PutDocuments(collection.Id, writes), limit.Token)).Sequence;
                Truncated += truncated;
            }
            catch (ProblemException e) when (e.Status == StatusCodes.Status400BadRequest)
            {
                throw Stopped(e.Detail.TrimEnd('.'));
            }
            catch (ProblemException e)
            {
                throw new ProblemException(e.Status, e.Title, $"{From} {e.Detail} {SoFar}") { RetryAfterSeconds = e.RetryAfterSeconds };
            }
            catch (WriteRefusedException e)
            {
                throw new WriteRefusedException(e.Refusal, $"{From} {e.Message} {SoFar}");
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
            {
                throw new ProblemException(StatusCodes.Status504GatewayTimeout, "Took too long",
                    $"A step of the import was given up after {limits.WriteTimeout.TotalSeconds:0.###} s. {SoFar} Those of the step may still be.");
            }

            Stored += _pending.Count;
            _pending.Clear();
        }

        // Putting a document twice is harmless, so whoever mends the line can send everything again.
        public ProblemException Stopped(string problem) => ProblemException.Invalid($"{problem}. {SoFar}");

        private string From => $"From line {_pending[0].Line} on:";

        private string SoFar => $"{Stored:#,0} documents of the lines before are stored.";

        private static bool IsBlank(ReadOnlySequence<byte> line)
        {
            foreach (var part in line)
            {
                if (part.Span.ContainsAnyExcept(" \t\r"u8))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
