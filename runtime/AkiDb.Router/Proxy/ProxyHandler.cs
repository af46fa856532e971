using AkiDb.Contracts;
using AkiDb.Router.Measurement;
using AkiDb.Router.Model;
using AkiDb.Router.Observability;
using AkiDb.Router.Routing;
using AkiDb.Telemetry.Tracing;
using Yarp.ReverseProxy.Forwarder;

namespace AkiDb.Router.Proxy;

/// <summary>The path of a request: refuse what is malformed, decide, attempt, perhaps attempt again, account.</summary>
internal sealed class ProxyHandler(
    RoutingState routing, IHttpForwarder forwarder, ExchangePool exchanges, RouterMetrics metrics, AccessLog log, RandomSequence random)
{
    private const int RetryAfterSeconds = 1;
    private readonly RetryBudget _retries = new();

    public async Task HandleAsync(HttpContext context)
    {
        var exchange = exchanges.Rent();
        try
        {
            var trace = TraceContext.ContinueOrBegin(context.Request.Headers.TraceParent, (random.Next(), random.Next()));
            using var span = RouterTracing.Start(context, ref trace);
            if (await TryBeginAsync(context, exchange, trace))
            {
                await ForwardAsync(context, exchange);
            }

            span?.SetEnd(context, exchange);
            var now = routing.Clock.Now;
            if (exchange is { Attempt: > 0, IsLongUpload: false, Decision.Reason: RouteReason.Cheapest or RouteReason.Headroom })
            {
                routing.Fit.Count(hasMissed: exchange.AnsweredAt(now) - exchange.StartedAt > exchange.BudgetMs);
            }

            metrics.Record(context, exchange, now);
            log.Write(context, exchange, now);
        }
        finally
        {
            exchanges.Return(exchange);
        }
    }

    private async ValueTask<bool> TryBeginAsync(HttpContext context, Exchange exchange, TraceContext trace)
    {
        var model = routing.Model;
        var request = context.Request;
        var route = model.RouteOf(request.Path.Value ?? "");
        var isBudgetGood = LatencyBudget.TryRead(request.Headers[RequestHeaders.LatencyBudget], out var asked);
        var budgetMs = asked ?? route.Config.LatencyBudgetMs ?? model.Config.DefaultLatencyBudgetMs;
        exchange.Begin(model, route, routing.Clock.Now, budgetMs, asked is not null, route.MayRepeat(request.Method), trace);
        if (RequestGuard.Refusal(context) is { } refusal)
        {
            await ErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "Malformed request", refusal, trace, closesConnection: true);
            return false;
        }

        if (!isBudgetGood)
        {
            await ErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "Bad latency budget", LatencyBudget.Rule, trace);
            return false;
        }

        if (BodyFault.IsTooLong(context))
        {
            await BodyFault.RefuseAsync(context, trace);
            return false;
        }

        if (exchanges.InUse > model.Config.Limits.MaxInFlight)
        {
            exchange.Decision = new RouteDecision(null, RouteReason.Overloaded);
            await RefuseOverloadAsync(context, exchange);
            return false;
        }

        _retries.Earn(model.Config.Retry);
        return await TryPrepareBodyAsync(context, exchange);
    }

    private static async ValueTask<bool> TryPrepareBodyAsync(HttpContext context, Exchange exchange)
    {
        try
        {
            await RequestBodies.PrepareAsync(context, exchange);
            return true;
        }
        catch (BadHttpRequestException e)
        {
            await BodyFault.AnswerAsync(context, e, exchange.Trace);
            return false;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client left in the middle of its body; nobody is there to be told.
            context.Abort();
            return false;
        }
    }

    private async Task ForwardAsync(HttpContext context, Exchange exchange)
    {
        BackendModel? failed = null;
        AddressState? failedAddress = null;
        while (true)
        {
            var now = routing.Clock.Now;
            if (!TryChoose(context, exchange, failed, failedAddress, now, out var address, out var isTrial))
            {
                await (failed is null ? RefuseOverloadAsync(context, exchange) : RefuseFailureAsync(context, exchange));
                return;
            }

            var end = await AttemptAsync(context, exchange, address, isTrial, now);
            if (!MustTryAgain(end, exchange))
            {
                await FinishAsync(context, exchange, end);
                return;
            }

            metrics.CountRetry(exchange);
            (failed, failedAddress) = (exchange.Decision.Backend, exchange.Address);
            context.Response.Clear();
        }
    }

    private bool TryChoose(
        HttpContext context, Exchange exchange, BackendModel? failed, AddressState? failedAddress, double now,
        out AddressState address, out bool isTrial)
    {
        var model = exchange.Model;
        var budget = exchange.BudgetMs - (now - exchange.StartedAt);
        Span<Verdict> verdicts = IsExplanationWanted(context) ? stackalloc Verdict[model.ByCost.Length] : default;
        var decision = routing.Select(model, budget, failed, now, verdicts);
        // Another backend first; another address of the same one where there is no other.
        var picked = Pick(decision.Backend ?? failed, exchange, failedAddress, now, out isTrial);
        if (picked is null && failed is not null && decision.Backend is not null)
        {
            decision = decision with { Backend = failed };
            picked = Pick(failed, exchange, failedAddress, now, out isTrial);
        }

        exchange.Decision = picked is null ? new RouteDecision(null, RouteReason.Overloaded) : decision with { Backend = decision.Backend ?? failed };
        address = picked!;
        if (!verdicts.IsEmpty)
        {
            exchange.Explanation = Explanation.Of(model, exchange.Decision, budget, now, verdicts);
        }

        return picked is not null;
    }

    private AddressState? Pick(BackendModel? backend, Exchange exchange, AddressState? avoid, double now, out bool isTrial)
    {
        isTrial = false;
        var mayTry = exchange is { MayRepeat: true, StreamsRequestBody: false, Attempt: 0 };
        return backend is null
            ? null
            : routing.Picker.Pick(backend.State, avoid, mayTry, exchange.Model.Config.Health, now, out isTrial);
    }

    private async ValueTask<AttemptEnd> AttemptAsync(HttpContext context, Exchange exchange, AddressState address, bool isTrial, double now)
    {
        var backend = exchange.Decision.Backend!;
        var timeouts = exchange.Model.Config.Timeouts;
        exchange.HasAnotherAttempt = exchange is { Attempt: 0, MayRepeat: true, StreamsRequestBody: false } && _retries.HasTokens
            && HasAlternative(exchange.Model, backend);
        var timeoutMs = exchange.IsLongUpload ? double.PositiveInfinity
            : exchange.HasAnotherAttempt ? timeouts.AttemptMs : timeouts.ResponseMs;
        if (exchange.OpenKeptBody() is { } kept)
        {
            context.Request.Body = kept;
        }

        backend.State.CountRequest(now);
        address.Enter();
        exchange.BeginAttempt(address, isTrial, now, timeoutMs);
        try
        {
            var upstream = backend.Upstream!;
            var error = await forwarder.SendAsync(
                context, address.Url, upstream.Invoker, upstream.RequestConfig, exchange.Transformer, exchange.Cancellation);
            exchange.Disarm();
            var end = AttemptJudge.EndOf(context, exchange, error);
            if (AttemptJudge.Record(exchange, end, routing.Clock.Now))
            {
                exchange.Decision.Backend!.State.RefreshReady(
                    exchange.Decision.Backend.Config, exchange.Model.Config.Health, routing.Clock.Now);
                metrics.CountReadinessChange(exchange);
            }

            return end;
        }
        finally
        {
            exchange.Disarm();
            exchange.Address.Leave();
            metrics.CountAttempt(exchange);
        }
    }

    // Without anywhere else to go, giving up early gains nothing.
    private static bool HasAlternative(RouterModel model, BackendModel backend)
    {
        if (backend.State.Ready.Addresses.Length > 1)
        {
            return true;
        }

        foreach (var other in model.ByCost)
        {
            if (!ReferenceEquals(other, backend) && other.State.Ready.Addresses.Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool MustTryAgain(AttemptEnd end, Exchange exchange)
    {
        if (exchange.Attempt > 1)
        {
            return false;
        }

        var isSafe = end switch
        {
            AttemptEnd.NotSent => true,
            AttemptEnd.Broken or AttemptEnd.TimedOut or AttemptEnd.ServerError => exchange is { MayRepeat: true, StreamsRequestBody: false },
            _ => false,
        };
        return isSafe && _retries.TrySpend();
    }

    private static Task FinishAsync(HttpContext context, Exchange exchange, AttemptEnd end) => end switch
    {
        AttemptEnd.Answered => Task.CompletedTask,
        AttemptEnd.BrokenMidway or AttemptEnd.ClientFault when context.RequestAborted.IsCancellationRequested || context.Response.HasStarted =>
            AbortAsync(context),
        AttemptEnd.ClientFault when BodyFault.Find(context) is { } fault => BodyFault.AnswerAsync(context, fault, exchange.Trace),
        AttemptEnd.ClientFault => ErrorAnswer.WriteAsync(
            context, StatusCodes.Status400BadRequest, "Malformed request", "The request's body broke off or could not be read.", exchange.Trace),
        AttemptEnd.UploadCut => ErrorAnswer.WriteAsync(context, StatusCodes.Status502BadGateway, "Backend failed",
            "The backend cut the connection while the body was sent, as it does when it refuses one: too large, or not what the path takes.", exchange.Trace),
        AttemptEnd.TimedOut => ErrorAnswer.WriteAsync(
            context, StatusCodes.Status504GatewayTimeout, "Backend timed out", $"Backend '{exchange.Decision.Backend!.Config.Name}' did not answer in time.", exchange.Trace),
        _ => RefuseFailureAsync(context, exchange),
    };

    private static Task AbortAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task RefuseOverloadAsync(HttpContext context, Exchange exchange) => ErrorAnswer.WriteAsync(
        context, StatusCodes.Status503ServiceUnavailable, "No capacity",
        "Every backend is at its capacity or unavailable; try again later.", exchange.Trace, RetryAfterSeconds);

    private static Task RefuseFailureAsync(HttpContext context, Exchange exchange) => ErrorAnswer.WriteAsync(
        context, StatusCodes.Status502BadGateway, "Backend failed",
        "The backend could not be reached or broke off its answer.", exchange.Trace);

    private static bool IsExplanationWanted(HttpContext context) =>
        context.Request.Headers.TryGetValue(RoutingHeaders.Explain, out var asked) && asked.ToString() != "0";
}
