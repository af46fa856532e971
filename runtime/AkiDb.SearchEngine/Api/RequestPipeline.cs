using System.Diagnostics;
using AkiDb.Contracts;
using AkiDb.SearchEngine.Hosting;
using AkiDb.SearchEngine.Limits;
using AkiDb.SearchEngine.Observability;
using AkiDb.SearchEngine.Replication;
using AkiDb.SearchEngine.Security;
using AkiDb.SearchEngine.Store;
using Microsoft.AspNetCore.Http.Features;

namespace AkiDb.SearchEngine.Api;

/// <summary>What every request goes through: trace, key, queue, time limit, and at the end metrics, log and, where need be, the problem.</summary>
internal sealed partial class RequestPipeline(
    KeyRing keys, BodyMemory bodies, Admission admission, RequestMetrics metrics, RequestLog requestLog, WriteForwarder forwarder, EngineSettings settings,
    EngineState engine, TimeProvider time, ILogger<RequestPipeline> log)
{
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var started = Stopwatch.GetTimestamp();
        var trace = RequestTrace.Begin(context, time);
        var rule = context.GetEndpoint()?.Metadata.GetMetadata<RouteRule>() ?? RouteRule.None;
        using var span = rule.Kind == RequestKind.Free ? null
            : EngineTracing.StartRequest(context.Request.Method, trace.Context, context.Request.Headers.TraceState);
        metrics.Begin();
        string? keyName = null;
        try
        {
            SetHeaders(context.Response);
            SentPath.RefuseDotSegments(context);
            keyName = keys.Check(context.Request, rule.Scope);
            using var body = rule.IsStream || rule.Kind == RequestKind.Free ? null : await bodies.ReadAsync(context.Request, context.RequestAborted);
            await ServeAsync(context, rule, next);
        }
        catch (Exception e)
        {
            await ProblemAnswer.WriteAsync(context, ToProblem(context, e));
        }

        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
        {
            await ProblemAnswer.WriteAsync(context, OfStatus(context));
        }

        var left = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted;
        var status = left ? RequestMetrics.ClientLeft : context.Response.StatusCode;
        var duration = Stopwatch.GetElapsedTime(started);
        metrics.End(rule.Name, status, duration);
        if (rule.Kind != RequestKind.Free || status >= 400)
        {
            requestLog.Write(context, trace, rule.Name, status, duration, keyName);
        }

        EndSpan(span, context, rule, status);
    }

    private async Task ServeAsync(HttpContext context, RouteRule rule, RequestDelegate next)
    {
        if (rule.IsStream && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        RequestDelegate serve = rule.IsWrite && settings.Role == EngineRole.Reader ? forwarder.ForwardAsync : next;

        // A stream limits each of its steps instead.
        if (rule.IsStream || admission.TimeoutOf(rule.Kind) is not { } timeout)
        {
            using var turn = await admission.EnterAsync(rule.Kind, context.RequestAborted);
            await serve(context);
            return;
        }

        var client = context.RequestAborted;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(client);
        limit.CancelAfter(timeout);
        context.RequestAborted = limit.Token;
        var hasTurn = false;
        try
        {
            using var turn = await admission.EnterAsync(rule.Kind, limit.Token);
            hasTurn = true;
            await serve(context);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !client.IsCancellationRequested)
        {
            throw new ProblemException(StatusCodes.Status504GatewayTimeout, "Took too long", $"The request was given up after {timeout.TotalSeconds:0.###} s{(hasTurn ? "" : ", all of them waiting for its turn")}."
                + (rule.IsWrite && hasTurn ? " A write may still take place: repeating it is harmless." : ""));
        }
        finally
        {
            context.RequestAborted = client;
        }
    }

    private void SetHeaders(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        if (engine.IsStopping)
        {
            // Clients and routers go elsewhere with their next request.
            response.Headers[RoutingHeaders.Draining] = "1";
            response.Headers.Connection = "close";
        }
    }

    private ProblemException ToProblem(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ProblemException problem:
                return problem;
            case BadHttpRequestException bad:
                return new ProblemException(bad.StatusCode, TitleOf(bad.StatusCode), bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? $"The body is larger than {settings.Limits.BodyBytes:#,0} bytes; send smaller batches, or use import." : "The request is not valid HTTP.");
            case WriteRefusedException refused:
                return OfRefusal(refused);
            case ObjectDisposedException:
                return ProblemException.Missing("The collection was deleted while the request ran.");
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return new ProblemException(RequestMetrics.ClientLeft, "Client left", "The client closed the connection.");
            case StoreException:
                LogFailed(log, context.Request.Method, context.Request.Path, exception);
                return ProblemException.Unavailable("The store could not take it; the log says more. Whether the write took place is not known: repeating it is harmless.");
            default:
                LogFailed(log, context.Request.Method, context.Request.Path, exception);
                return new ProblemException(StatusCodes.Status500InternalServerError, "Internal error", "The request failed; the log says why, under this trace id.");
        }
    }

    private static ProblemException OfRefusal(WriteRefusedException refused) => refused.Refusal switch
    {
        WriteRefusal.NoCollection => ProblemException.Missing(refused.Message),
        WriteRefusal.Stopping => ProblemException.Unavailable(refused.Message),
        _ => ProblemException.Conflict(refused.Message),
    };

    private static ProblemException OfStatus(HttpContext context) => new(context.Response.StatusCode, TitleOf(context.Response.StatusCode), context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this path. /openapi/v1.json lists what there is.",
        StatusCodes.Status405MethodNotAllowed => $"This path does not take {context.Request.Method}.",
        StatusCodes.Status415UnsupportedMediaType => $"Content-Type is '{context.Request.ContentType}'; wanted application/json, for import application/x-ndjson.",
        _ => "The request cannot be served.",
    });

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status408RequestTimeout => "Request took too long to arrive",
        StatusCodes.Status413PayloadTooLarge => "Body too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        _ => "Invalid request",
    };

    private static void EndSpan(Activity? span, HttpContext context, RouteRule rule, int status)
    {
        if (span is null)
        {
            return;
        }

        // OpenTelemetry semantic conventions 1.27, HTTP.
        span.SetTag("http.request.method", context.Request.Method)
            .SetTag("http.route", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText)
            .SetTag("http.response.status_code", status)
            .SetTag("akidb.route", rule.Name);
        if (status >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogFailed(ILogger log, string method, string path, Exception exception);
}
