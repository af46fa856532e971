using System.Buffers;
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
        if (request.ContentLength is not { } length || length > limit || limit == 0)
        {
            exchange.StreamsRequestBody = true;
            exchange.IsLongUpload = !(request.ContentLength <= ShortBodyBytes);
            return default;
        }

        return length == 0 ? default : KeepAsync(request.Body, (int)length, exchange, context.RequestAborted);
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
