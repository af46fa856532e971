using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>JSON bytes of a value from the wire, for outputs that are any JSON.</summary>
internal static class JsonElementText
{
    /// <summary>The UTF-8 text; null if a value has no JSON, as assets and resources.</summary>
    public static ReadOnlyMemory<byte>? TryWrite(object value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            if (!TryWrite(writer, value))
            {
                return null;
            }
        }

        return buffer.WrittenMemory;
    }

    private static bool TryWrite(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                return true;
            case string text:
                writer.WriteStringValue(text);
                return true;
            case double number:
                writer.WriteNumberValue(number);
                return true;
            case bool flag:
                writer.WriteBooleanValue(flag);
                return true;
            case ImmutableArray<object?> items:
                writer.WriteStartArray();
                var allItems = items.All(item => TryWrite(writer, item));
                writer.WriteEndArray();
                return allItems;
            case ImmutableDictionary<string, object?> entries:
                writer.WriteStartObject();
                var allEntries = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).All(entry =>
                {
                    writer.WritePropertyName(entry.Key);
                    return TryWrite(writer, entry.Value);
                });
                writer.WriteEndObject();
                return allEntries;
            default:
                return false;
        }
    }
}
