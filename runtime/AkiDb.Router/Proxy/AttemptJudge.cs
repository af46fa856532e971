using AkiDb.Router.Model;
using Yarp.ReverseProxy.Forwarder;

namespace AkiDb.Router.Proxy;

/// <summary>Says how an attempt ended, and tells the address and the backend.</summary>
internal static class AttemptJudge
{
    public static AttemptEnd EndOf(HttpContext context, Exchange exchange, ForwarderError error)
    {
        if (exchange.IsAnswerWithheld)
        {
            return AttemptEnd.ServerError;
        }

        if (error == ForwarderError.None && exchange.HoldFailure is null)
        {
            return AttemptEnd.Answered;
        }

        // The deadline is asked before the client: cancelling an attempt can look like the client's doing further down.
        if (exchange.IsLate || error == ForwarderError.RequestTimedOut)
        {
            return context.Response.HasStarted ? AttemptEnd.BrokenMidway : AttemptEnd.TimedOut;
        }

        if (context.RequestAborted.IsCancellationRequested || IsClientFault(error))
        {
            return AttemptEnd.ClientFault;
        }

        if (context.Response.HasStarted)
        {
            return AttemptEnd.BrokenMidway;
        }

        if (exchange.HoldFailure is not null)
        {
            return AttemptEnd.Broken;
        }

        if (WasNotSent(context.Features.Get<IForwarderErrorFeature>()?.Exception))
        {
            return AttemptEnd.NotSent;
        }

        // Whether the body was still on its way shows only sometimes; one so long mostly was.
        return exchange.IsLongUpload ? AttemptEnd.UploadCut : AttemptEnd.Broken;
    }

    /// <summary>Records an end for health and latency; true when the address's readiness changed.</summary>
    public static bool Record(Exchange exchange, AttemptEnd end, double nowMs)
    {
        var state = exchange.Decision.Backend!.State;
        var health = exchange.Model.Config.Health;
        var age = nowMs - exchange.AttemptStartedAt;
        switch (end)
        {
            case AttemptEnd.Answered or AttemptEnd.ServerError or AttemptEnd.BrokenMidway when !double.IsNaN(exchange.AnsweredAfterMs):
                if (!exchange.IsLongUpload)
                {
                    // The upload of a long body is the client's time, not the backend's.
                    state.RecordLatency(exchange.AnsweredAfterMs);
                }

                return end == AttemptEnd.BrokenMidway
                    ? exchange.Address.RecordFailure(health, nowMs)
                    : RecordAnswer(exchange, exchange.AnsweredAfterMs, nowMs);
            case AttemptEnd.TimedOut:
                state.RecordLatency(age);
                return exchange.Address.RecordFailure(health, nowMs);
            case AttemptEnd.ClientFault or AttemptEnd.UploadCut:
                RecordPatience(exchange, state, age);
                return false;
            default:
                return exchange.Address.RecordFailure(health, nowMs);
        }
    }

    private static bool RecordAnswer(Exchange exchange, double ms, double nowMs) => exchange.Status switch
    {
        502 or 503 or 504 => exchange.Address.RecordFailure(exchange.Model.Config.Health, nowMs),
        500 => exchange.Address.RecordServerError(exchange.Model.Config.Health, nowMs),
        _ => exchange.Address.RecordSuccess(ms, nowMs),
    };

    // A client that gave up waited at least this long; only a wait beyond the usual says something about the backend.
    private static void RecordPatience(Exchange exchange, BackendState state, double age)
    {
        if (exchange.IsTrial)
        {
            exchange.Address.AbandonTrial();
        }

        if (double.IsNaN(exchange.AnsweredAfterMs) && age > state.P95Ms && !exchange.IsLongUpload)
        {
            state.RecordLatency(age);
        }
    }

    private static bool IsClientFault(ForwarderError error) => error is ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled
        or ForwarderError.ResponseBodyClient or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeResponseClient
        or ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeResponseCanceled;

    // Only what happens before a connection exists proves that the backend saw nothing of the request.
    private static bool WasNotSent(Exception? failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    };
}
