using System.Buffers;

namespace AkiDb.Telemetry.Tracing;

/// <summary>
/// AWS X-Ray's tracing header beside W3C's (docs.aws.amazon.com/xray, "Tracing header"): <c>Root=1-5759e988-bd862e3fe1be46a994272793;
/// Parent=53995c3f42cd8ad8;Sampled=1</c>. Both name the same 128 bits; X-Ray's first 32 are the trace's beginning in Unix seconds.
/// </summary>
public static class XRayTraceHeader
{
    /// <summary>Name of the header.</summary>
    public const string Name = "X-Amzn-Trace-Id";

    private const int RootLength = 35;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The same trace as a value of <c>traceparent</c>; null where <paramref name="header"/> names no trace.</summary>
    /// <param name="header">Value of the header: fields in any order, <c>Parent</c> and <c>Sampled</c> optional.</param>
    /// <param name="fallbackParent">Parent where the header has none, as a load balancer's; not 0.</param>
    /// <param name="hasParent">Whether the header has one.</param>
    public static string? ToTraceParent(string? header, ulong fallbackParent, out bool hasParent)
    {
        hasParent = false;
        if (string.IsNullOrEmpty(header) || header.Length > 512)
        {
            return null;
        }

        string? root = null, parent = null;
        var sampled = "01";
        foreach (var field in header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (field)
            {
                case var _ when field.StartsWith("Root=", StringComparison.OrdinalIgnoreCase):
                    root = RootOf(field.AsSpan(5));
                    break;
                case var _ when field.StartsWith("Parent=", StringComparison.OrdinalIgnoreCase) && IsHex(field.AsSpan(7), 16):
                    parent = field[7..];
                    break;
                case "Sampled=0":
                    sampled = "00";
                    break;
            }
        }

        hasParent = parent is not null;
        return root is null ? null : $"00-{root}-{parent ?? fallbackParent.ToString("x16", null)}-{sampled}";
    }

    /// <summary>The header that names <paramref name="trace"/>.</summary>
    public static string Of(TraceContext trace)
    {
        var id = trace.TraceId;
        return $"Root=1-{id[..8]}-{id[8..]};Parent={trace.Header.AsSpan(36, 16)};Sampled={(trace.IsSampled ? 1 : 0)}";
    }

    private static string? RootOf(ReadOnlySpan<char> root) =>
        root.Length == RootLength && root.StartsWith("1-") && root[10] == '-' && IsHex(root[2..10], 8) && IsHex(root[11..], 24)
            ? string.Concat(root[2..10], root[11..])
            : null;

    private static bool IsHex(ReadOnlySpan<char> text, int length) =>
        text.Length == length && !text.ContainsAnyExcept(HexDigits) && text.ContainsAnyExcept('0');
}
