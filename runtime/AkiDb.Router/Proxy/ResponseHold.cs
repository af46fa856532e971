using System.Buffers;
using System.Net;

namespace AkiDb.Router.Proxy;

/// <summary>
/// A short answer read whole before any of it is passed on: if its connection breaks in the middle, the client never knew, and
/// a second attempt is still possible. It is also the cheap way to copy one: one buffer, one write.
/// </summary>
internal sealed class ResponseHold(int limit) : IDisposable
{
    private const int AlwaysHeldBytes = 16 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(limit);
    private Stream? _source;

    public int Length { get; private set; }

    /// <summary>True when the whole answer is in hand; false when it is longer than the limit and its rest must be copied.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>
    /// How many bytes of an answer to hold; 0 to pass it on as it comes. Answers of known short length are always held. Those of
    /// unknown length are held on repeatable routes only, and event streams never: their first byte must not wait for the last.
    /// </summary>
    public static int BytesFor(Exchange exchange, string method, HttpResponseMessage response)
    {
        var hasNoBody = response.StatusCode is HttpStatusCode.SwitchingProtocols or HttpStatusCode.NoContent or HttpStatusCode.NotModified;
        if (hasNoBody || HttpMethods.IsHead(method) || response.Version.Major != 1
            || response.Headers.NonValidated.Contains("Trailer"))
        {
            return 0;
        }

        var most = exchange.Route.Config.IsRepeatable ? exchange.Route.Config.HoldResponseBytes : 0;
        if (response.Content.Headers.ContentLength is { } length)
        {
            // One byte more than the answer: reading it is what confirms the end and frees the connection.
            return length <= Math.Max(most, AlwaysHeldBytes) && length > 0 ? (int)length : 0;
        }

        return most > 0 && !IsStream(response) ? most : 0;
    }

    public async ValueTask ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var expected = response.Content.Headers.ContentLength;
        _source = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (Length < limit)
        {
            var read = await _source.ReadAsync(_buffer.AsMemory(Length, limit - Length), cancellationToken);
            Length += read;
            if (read == 0 || Length == expected)
            {
                IsComplete = true;
                return;
            }
        }
    }

    public async ValueTask WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        if (IsComplete)
        {
            // Not flushed: the server sends headers and body in one packet when the request ends.
            response.BodyWriter.Write(_buffer.AsSpan(0, Length));
            return;
        }

        await response.Body.WriteAsync(_buffer.AsMemory(0, Length), cancellationToken);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static bool IsStream(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) && values.ToString() is var type
        && (type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("multipart/x-mixed-replace", StringComparison.OrdinalIgnoreCase));
}
