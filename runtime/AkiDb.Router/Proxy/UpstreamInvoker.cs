namespace AkiDb.Router.Proxy;

/// <summary>
/// Sends requests to one backend. Requests that name their exchange get two things that the plain transport does not do:
/// a bodyless request that must not be repeated gets an empty body, because the connection pool silently repeats bodyless
/// requests on stale connections; and a slow repeatable one is hedged.
/// </summary>
internal sealed class UpstreamInvoker(HttpMessageHandler handler, Hedge hedge) : HttpMessageInvoker(handler, disposeHandler: true)
{
    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Options.TryGetValue(ExchangeTransformer.ExchangeKey, out var exchange))
        {
            return base.SendAsync(request, cancellationToken);
        }

        if (!exchange.MayRepeat)
        {
            request.Content ??= new ByteArrayContent([]);
            return base.SendAsync(request, cancellationToken);
        }

        return hedge.SendAsync(request, exchange, this, cancellationToken);
    }

    /// <summary>Sends without any of that.</summary>
    public Task<HttpResponseMessage> SendPlainAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);
}
