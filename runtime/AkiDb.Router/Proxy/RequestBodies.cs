using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace AkiDb.Router.Proxy;

/// <summary>Decides what happens to a request's body: nothing there, kept for a second attempt, or streamed once.</summary>
internal static class RequestBodies
{
    // What fits the buffers of a connection is sent at once, however slow the client.
    private const int ShortBodyBytes = 64 * 1024;

    /// <summary>Keeps a short body of a repeatable request; notes on the exchange when the body streams instead.</summary>
    public static ValueTask PrepareAsync(HttpContext context, Exchange exchange)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return default;
        }

        var limit = exchange.MayRepeat ? exchange.Route.Config.ReplayBodyBytes : 0;
        if (limit == 0 || request.ContentLength > limit)
        {
            exchange.StreamsRequestBody = true;
            exchange.IsLongUpload = !(request.ContentLength <= ShortBodyBytes);
            return default;
        }

        return request.ContentLength switch
        {
            null => KeepIfShortAsync(request.BodyReader, limit, exchange, context.RequestAborted),
            0 => default,
            { } length => KeepAsync(request.Body, (int)length, exchange, context.RequestAborted),
        };
    }

    // Chunked, as many clients send JSON of any size: only its end tells its length.
    private static async ValueTask KeepIfShortAsync(PipeReader body, int limit, Exchange exchange, CancellationToken cancellationToken)
    {
        var read = await body.ReadAtLeastAsync(limit + 1, cancellationToken);
        if (!read.IsCompleted || read.Buffer.Length > limit)
        {
            // Nothing is taken: it streams from its beginning. All was examined, and a pipe does not take that back.
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            (exchange.StreamsRequestBody, exchange.IsLongUpload) = (true, true);
            return;
        }

        var length = (int)read.Buffer.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        read.Buffer.CopyTo(buffer);
        body.AdvanceTo(read.Buffer.End);
        exchange.KeepBody(buffer, length);
    }

    private static async ValueTask KeepAsync(Stream body, int length, Exchange exchange, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await body.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        exchange.KeepBody(buffer, length);
    }
}
