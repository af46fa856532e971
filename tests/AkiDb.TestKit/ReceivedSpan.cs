using Google.Protobuf;

namespace AkiDb.TestKit;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Service">Value of <c>service.name</c>.</param>
/// <param name="TraceId">Lower-case hexadecimal.</param>
/// <param name="SpanId">Likewise.</param>
/// <param name="ParentId">Likewise; empty for a root.</param>
/// <param name="Name">Its name.</param>
public sealed record ReceivedSpan(string Service, string TraceId, string SpanId, string ParentId, string Name)
{
    // Field numbers of ExportTraceServiceRequest and below it: github.com/open-telemetry/opentelemetry-proto, trace/v1/trace.proto,
    // common/v1/common.proto, resource/v1/resource.proto (1.3).
    private const int ResourceSpans = 1;
    private const int Resource = 1;
    private const int Attributes = 1;
    private const int Key = 1;
    private const int Value = 2;
    private const int StringValue = 1;
    private const int ScopeSpans = 2;
    private const int Spans = 2;
    private const int TraceIdField = 1;
    private const int SpanIdField = 2;
    private const int ParentIdField = 4;
    private const int NameField = 5;

    /// <summary>The spans of the body of a request to <c>/v1/traces</c>.</summary>
    public static IEnumerable<ReceivedSpan> Read(byte[] body)
    {
        foreach (var group in Parts(ByteString.CopyFrom(body), ResourceSpans))
        {
            var service = Parts(group, Resource).SelectMany(resource => Parts(resource, Attributes))
                .Where(attribute => Text(attribute, Key) == "service.name")
                .Select(attribute => Text(Parts(attribute, Value).First(), StringValue)).FirstOrDefault("");
            foreach (var span in Parts(group, ScopeSpans).SelectMany(scope => Parts(scope, Spans)))
            {
                yield return new ReceivedSpan(service, Hex(span, TraceIdField), Hex(span, SpanIdField), Hex(span, ParentIdField), Text(span, NameField));
            }
        }
    }

    private static string Hex(ByteString message, int field) => Convert.ToHexStringLower(Parts(message, field).FirstOrDefault(ByteString.Empty).Span);

    private static string Text(ByteString message, int field) => Parts(message, field).FirstOrDefault(ByteString.Empty).ToStringUtf8();

    private static List<ByteString> Parts(ByteString message, int field)
    {
        var parts = new List<ByteString>();
        var input = message.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                parts.Add(input.ReadBytes());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return parts;
    }
}
