using System.Buffers;
using System.Text.Json;

namespace AkiDb.Telemetry.Logging;

/// <summary>One JSON line in the making, in a buffer that each thread keeps: formatting allocates nothing.</summary>
#pragma warning disable CA1001 // The writer lives as long as its thread, and its buffer is managed memory.
public sealed class JsonLine
#pragma warning restore CA1001
{
    [ThreadStatic]
    private static JsonLine? _ofThread;

    private readonly ArrayBufferWriter<byte> _bytes = new(1_024);
    private readonly Utf8JsonWriter _json;

    private JsonLine() => _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });

    /// <summary>This thread's line.</summary>
    public static JsonLine OfThread => _ofThread ??= new JsonLine();

    /// <summary>Begins a line; what this thread began before is forgotten.</summary>
    public Utf8JsonWriter Begin()
    {
        _bytes.ResetWrittenCount();
        _json.Reset();
        return _json;
    }

    /// <summary>The line with its end; valid until this thread begins another.</summary>
    public ReadOnlySpan<byte> End()
    {
        _json.Flush();
        _bytes.Write("\n"u8);
        return _bytes.WrittenSpan;
    }
}
