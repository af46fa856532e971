using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AkiDb.Telemetry.Tracing;

/// <summary>
/// The identity of a request as W3C Trace Context 1.1 carries it in <c>traceparent</c>. A service that exports no spans of its
/// own still continues the caller's trace, or begins one, so that every log line and response can name it.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TraceContext
{
    /// <summary>Name of the header.</summary>
    public const string HeaderName = "traceparent";

    private const int HeaderLength = 55;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private const string Sampled = "-01";

    private TraceContext(string header, bool hasParent) => (Header, HasParent) = (header, hasParent);

    /// <summary>Value of the header: version, trace id, parent id and flags.</summary>
    public string Header { get; }

    /// <summary>Whether <see cref="SpanId"/> is a caller's span; false where the trace begins here and the id was made up, since a header needs one.</summary>
    public bool HasParent { get; }

    /// <summary>Trace id: 32 lower-case hexadecimal digits.</summary>
    public ReadOnlySpan<char> TraceId => Header.AsSpan(3, 32);

    /// <summary>Id of the span that this context speaks for: 16 lower-case hexadecimal digits.</summary>
    public ReadOnlySpan<char> SpanId => Header.AsSpan(36, 16);

    /// <summary>Whether the trace is recorded.</summary>
    public bool IsSampled => "13579bdf".Contains(Header[54], StringComparison.Ordinal);

    /// <summary>Continues the trace that <paramref name="header"/> names; begins a new, sampled one where it names none.</summary>
    /// <param name="header">Value of <c>traceparent</c>, or null.</param>
    /// <param name="entropy">Two random numbers for a new trace.</param>
    public static TraceContext ContinueOrBegin(string? header, (long High, long Low) entropy) =>
        IsValid(header) ? new TraceContext(header!, hasParent: true) : Begin(entropy);

    /// <summary>
    /// Continues the trace of W3C's header, else of X-Ray's, else begins one whose id X-Ray accepts: its first 32 bits are the
    /// time in Unix seconds.
    /// </summary>
    /// <param name="traceParent">Value of <see cref="HeaderName"/>, or null.</param>
    /// <param name="xRay">Value of <see cref="XRayTraceHeader.Name"/>, or null.</param>
    /// <param name="now">The present.</param>
    /// <param name="entropy">Two random numbers for a new trace.</param>
    public static TraceContext ContinueOrBegin(string? traceParent, string? xRay, DateTimeOffset now, (long High, long Low) entropy)
    {
        if (IsValid(traceParent))
        {
            return new TraceContext(traceParent!, hasParent: true);
        }

        if (XRayTraceHeader.ToTraceParent(xRay, (ulong)entropy.Low | 1, out var hasParent) is { } continued && IsValid(continued))
        {
            return new TraceContext(continued, hasParent);
        }

        // Written little-endian below, so the time goes in reversed.
        var seconds = BinaryPrimitives.ReverseEndianness((uint)now.ToUnixTimeSeconds());
        return Begin(((entropy.High & unchecked((long)0xFFFF_FFFF_0000_0000)) | seconds, entropy.Low));
    }

    /// <summary>Begins the span of a request: below the caller's, or as the root of its trace. Null while nobody listens.</summary>
    /// <param name="source">Whose span it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="state">Value of <c>tracestate</c>, or null.</param>
    public Activity? StartRequestSpan(ActivitySource source, string name, string? state)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        var parent = ActivityContext.Parse(Header, state);
        if (!HasParent)
        {
            parent = new ActivityContext(parent.TraceId, default, parent.TraceFlags, parent.TraceState);
            // A span whose context names no parent gets the current activity for one: here ASP.NET Core's own, which nobody exports.
            Activity.Current = null;
        }

        return source.StartActivity(name, ActivityKind.Server, parent);
    }

    /// <summary>True for a well-formed header of version 00 whose ids are not all zeros.</summary>
    public static bool IsValid(string? header)
    {
        if (header is not { Length: HeaderLength } || !header.StartsWith("00-", StringComparison.Ordinal) || header[35] != '-' || header[52] != '-')
        {
            return false;
        }

        return IsId(header.AsSpan(3, 32)) && IsId(header.AsSpan(36, 16)) && IsHex(header.AsSpan(53, 2));
    }

    private static TraceContext Begin((long High, long Low) entropy)
    {
        var header = string.Create(HeaderLength, entropy, static (text, ids) =>
        {
            Span<byte> bytes = stackalloc byte[24];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, ids.High);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], ids.Low | 1);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], (ids.High ^ ids.Low) | 1);
            "00-".CopyTo(text);
            Convert.TryToHexStringLower(bytes[..16], text[3..], out _);
            text[35] = '-';
            Convert.TryToHexStringLower(bytes[16..], text[36..], out _);
            Sampled.CopyTo(text[52..]);
        });
        return new TraceContext(header, hasParent: false);
    }

    private static bool IsId(ReadOnlySpan<char> text) => IsHex(text) && text.ContainsAnyExcept('0');

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexDigits);
}
