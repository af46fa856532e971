using AkiDb.Telemetry.Tracing;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace AkiDb.Router.Proxy;

/// <summary>Bodies that the server in front refuses: longer than <c>limits.maxBodyBytes</c>, or not HTTP.</summary>
internal static class BodyFault
{
    /// <summary>Whether the body's declared length is above the limit; one without a length shows only while it is read.</summary>
    public static bool IsTooLong(HttpContext context) => context.Request.ContentLength > Limit(context);

    /// <summary>The server's complaint behind a failed attempt; null where the client simply left.</summary>
    public static BadHttpRequestException? Find(HttpContext context) => Find(context.Features.Get<IForwarderErrorFeature>()?.Exception);

    /// <summary>Answers a complaint of the server's: 413 for a body that is too long, else its own status.</summary>
    public static Task AnswerAsync(HttpContext context, BadHttpRequestException fault, TraceContext trace) =>
        fault.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? RefuseAsync(context, trace)
            : ErrorAnswer.WriteAsync(context, fault.StatusCode, "Malformed request", fault.Message, trace);

    /// <summary>Answers 413 and ends the connection: what the client still sends is not wanted.</summary>
    public static Task RefuseAsync(HttpContext context, TraceContext trace) => ErrorAnswer.WriteAsync(
        context, StatusCodes.Status413PayloadTooLarge, "Body too large", $"The body is larger than {Limit(context):#,0} bytes.", trace, closesConnection: true);

    private static long? Limit(HttpContext context) => context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    // The transport wraps what it met while it read the client's body, sometimes beside its own failure.
    private static BadHttpRequestException? Find(Exception? exception) => exception switch
    {
        null => null,
        BadHttpRequestException bad => bad,
        AggregateException many => many.InnerExceptions.Select(Find).FirstOrDefault(found => found is not null),
        _ => Find(exception.InnerException),
    };
}
