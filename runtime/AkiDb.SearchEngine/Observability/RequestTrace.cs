using System.Security.Cryptography;
using AkiDb.Contracts;
using AkiDb.Telemetry.Tracing;
using Microsoft.AspNetCore.Http.Features;

namespace AkiDb.SearchEngine.Observability;

/// <summary>The trace that a request belongs to: in its answer, in its log lines, in its spans.</summary>
internal sealed class RequestTrace(TraceContext trace)
{
    private static readonly AsyncLocal<string?> CurrentId = new();

    /// <summary>Trace id of the request on this flow of execution, for log lines; null outside of requests.</summary>
    public static string? CurrentTraceId => CurrentId.Value;

    /// <summary>The trace as a header value has it.</summary>
    public TraceContext Context { get; set; } = trace;

    /// <summary>32 hexadecimal digits.</summary>
    public string TraceId { get; } = trace.TraceId.ToString();

    /// <summary>Continues the caller's trace or begins one, and names it in the answer.</summary>
    public static RequestTrace Begin(HttpContext context, TimeProvider time)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var headers = context.Request.Headers;
        var entropy = (BitConverter.ToInt64(random), BitConverter.ToInt64(random[8..]));
        var trace = new RequestTrace(TraceContext.ContinueOrBegin(headers.TraceParent, headers[XRayTraceHeader.Name], time.GetUtcNow(), entropy));
        context.Features.Set(trace);
        context.Response.Headers[RoutingHeaders.TraceId] = trace.TraceId;
        context.Response.Headers[XRayTraceHeader.Name] = XRayTraceHeader.Of(trace.Context);
        CurrentId.Value = trace.TraceId;
        return trace;
    }

    public static RequestTrace Of(HttpContext context) => context.Features.GetRequiredFeature<RequestTrace>();
}
