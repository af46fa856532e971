using System.Net.Http.Headers;
using AkiDb.Contracts;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Tracing;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace AkiDb.Router.Proxy;

/// <summary>Adds the router's headers on the way in and out, judges the answer, and holds it while a second attempt is possible.</summary>
internal sealed class ExchangeTransformer(Exchange exchange) : HttpTransformer
{
    /// <summary>Key under which the transport finds the exchange of a request.</summary>
    public static readonly HttpRequestOptionsKey<Exchange> ExchangeKey = new("akidb.exchange");

    // A backend that refuses such a body by its length, path or key says so before it is sent. In the middle of it, it could only cut the
    // connection, and its answer would be lost.
    private const long ExpectAnswerBeforeBytes = 1024 * 1024;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;
        if (!exchange.Decision.Backend!.Config.PreserveHost)
        {
            headers.Host = null;
        }

        if (exchange.IsBudgetGiven)
        {
            headers.Remove(RequestHeaders.LatencyBudget);
            headers.TryAddWithoutValidation(RequestHeaders.LatencyBudget, RemainingBudget());
        }

        if (httpContext.Request.ContentLength > ExpectAnswerBeforeBytes)
        {
            headers.ExpectContinue = true;
        }

        headers.Remove(TraceContext.HeaderName);
        headers.TryAddWithoutValidation(TraceContext.HeaderName, exchange.Trace.Header);
        AddForwarded(httpContext, headers);
        if (NeedsGuard(proxyRequest))
        {
            proxyRequest.Options.Set(ExchangeKey, exchange);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        exchange.Status = (int)proxyResponse.StatusCode;
        if (proxyResponse.Headers.NonValidated.TryGetValues(RoutingHeaders.Draining, out var draining) && draining.ToString() != "0"
            && exchange.Address.AnnounceDraining())
        {
            var backend = exchange.Decision.Backend!;
            backend.State.RefreshReady(backend.Config, exchange.Model.Config.Health, exchange.Clock.Now);
        }

        if (exchange.Status is 500 or 502 or 503 or 504 && exchange.HasAnotherAttempt)
        {
            MarkAnswered();
            exchange.IsAnswerWithheld = true;
            return false;
        }

        if (ResponseHold.BytesFor(exchange, httpContext.Request.Method, proxyResponse) is var limit and > 0)
        {
            return await PassHeldAsync(httpContext, proxyResponse, limit, cancellationToken);
        }

        MarkAnswered();
        return await PassHeadersAsync(httpContext, proxyResponse, cancellationToken);
    }

    private async ValueTask<bool> PassHeldAsync(HttpContext context, HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        using var hold = new ResponseHold(limit);
        try
        {
            await hold.ReadAsync(response, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            exchange.HoldFailure = e;
            return false;
        }

        MarkAnswered();
        await PassHeadersAsync(context, response, cancellationToken);
        if (hold.IsComplete)
        {
            context.Response.ContentLength ??= hold.Length;
        }

        await hold.WriteAsync(context.Response, cancellationToken);
        return !hold.IsComplete;
    }

    private ValueTask<bool> PassHeadersAsync(HttpContext context, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var passed = base.TransformResponseAsync(context, response, cancellationToken);
        var headers = context.Response.Headers;
        headers[RoutingHeaders.TraceId] = exchange.Trace.TraceId.ToString();
        headers.Remove(RoutingHeaders.Draining);
        if (exchange.Decision.Reason == RouteReason.NoFit)
        {
            headers[RoutingHeaders.BudgetFit] = "none";
        }

        if (exchange.Explanation is { } explanation)
        {
            headers[RoutingHeaders.Decision] = explanation;
        }

        return passed;
    }

    private void MarkAnswered()
    {
        exchange.Disarm();
        exchange.AnsweredAfterMs = exchange.Clock.Now - exchange.AttemptStartedAt;
    }

    private string RemainingBudget()
    {
        var left = exchange.BudgetMs - (int)(exchange.AttemptStartedAt - exchange.StartedAt);
        return DecimalText.Of(Math.Max(1, left));
    }

    private static void AddForwarded(HttpContext context, HttpRequestHeaders headers)
    {
        // Appended, never trusted: the last entry is the one that this router saw itself (RFC 7239, 8.1).
        var remote = RemoteAddressText.Of(context);
        if (headers.NonValidated.TryGetValues("X-Forwarded-For", out var before))
        {
            headers.Remove("X-Forwarded-For");
            remote = $"{before}, {remote}";
        }

        headers.TryAddWithoutValidation("X-Forwarded-For", remote);
        headers.Remove("X-Forwarded-Proto");
        headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
        headers.Remove("X-Forwarded-Host");
        headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Headers.Host.ToString());
    }

    // The transport looks at two kinds of requests: hedged ones, and bodyless ones that its connection pool would silently repeat.
    private bool NeedsGuard(HttpRequestMessage request) =>
        !exchange.MayRepeat || (exchange.Route.Config.HedgeAfterMs is not null && exchange.Attempt == 1 && request.Headers.NonValidated.Contains(HeaderNames.Upgrade) is false);
}
