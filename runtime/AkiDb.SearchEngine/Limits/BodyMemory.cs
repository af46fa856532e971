using AkiDb.SearchEngine.Api;

namespace AkiDb.SearchEngine.Limits;

/// <summary>
/// Takes bodies in before their requests ask for a turn, so that one that arrives slowly keeps nobody waiting. What is in memory is bounded
/// by bytes, not by bodies: who sends little, however slowly, takes little of it.
/// </summary>
internal sealed class BodyMemory(RequestLimits limits)
{
    // As much as those at work could hold if the rest waited unread.
    private readonly long _most = (limits.QueriesAtOnce + limits.Writes) * limits.BodyBytes;
    private long _held;

    /// <summary>Waits until the whole body is there; the request's reader then gives it without waiting. Dispose of the result when the
    /// request is done.</summary>
    /// <exception cref="ProblemException">429: the bodies of all requests together are too large.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large, too slow or cut off.</exception>
    public async ValueTask<Share> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var share = new Share(this);
        try
        {
            while (true)
            {
                var result = await request.BodyReader.ReadAsync(cancellation);
                var length = result.Buffer.Length;
                request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                share.Grow(length);
                if (result.IsCompleted)
                {
                    return share;
                }
            }
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    /// <summary>What one body takes.</summary>
    internal sealed class Share(BodyMemory memory) : IDisposable
    {
        private long _length;

        /// <summary>The body has this many bytes by now.</summary>
        public void Grow(long length)
        {
            var held = Interlocked.Add(ref memory._held, length - _length);
            _length = length;
            if (held > memory._most)
            {
                throw new ProblemException(StatusCodes.Status429TooManyRequests, "Too many requests",
                    $"The bodies of all requests take more than {memory._most:#,0} bytes. Try again later, or send smaller batches.")
                { RetryAfterSeconds = 1 };
            }
        }

        public void Dispose()
        {
            Interlocked.Add(ref memory._held, -_length);
            _length = 0;
        }
    }
}
