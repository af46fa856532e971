using System.Buffers;
using System.Text.Json;
using AkiDb.Infra.Plan.Json;
using AkiDb.Infra.Plan.Values;
using Google.Protobuf.WellKnownTypes;

namespace AkiDb.Infra.PolicyHost;

/// <summary>Property structs of the engine: read as plan values, and changed without losing what is special in them.</summary>
internal static class PropertyStruct
{
    /// <summary>The values; secrets, unknowns, assets and references keep their kinds.</summary>
    public static MapValue Read(Struct? properties)
    {
        if (properties is null)
            return MapValue.Empty;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, properties);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return WireValues.ReadMap(document.RootElement);
    }

    /// <summary>A copy with some top-level properties set; the others, secrets too, are as they were.</summary>
    public static Struct With(Struct properties, IReadOnlyDictionary<string, PlanValue> changes)
    {
        var changed = properties.Clone();
        foreach (var (key, value) in changes)
            changed.Fields[key] = ToProtobuf(value);
        return changed;
    }

    private static Value ToProtobuf(PlanValue value) => value switch
    {
        BooleanValue flag => Value.ForBool(flag.Value),
        NumberValue number => Value.ForNumber(number.Value),
        TextValue text => Value.ForString(text.Value),
        _ => throw new ArgumentException($"A remediation sets flags, numbers and texts, not a {value.GetType().Name}.", nameof(value)),
    };

    private static void Write(Utf8JsonWriter writer, Struct properties)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in properties.Fields)
        {
            writer.WritePropertyName(key);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.BoolValue:
                writer.WriteBooleanValue(value.BoolValue);
                break;
            case Value.KindOneofCase.NumberValue when double.IsFinite(value.NumberValue):
                writer.WriteNumberValue(value.NumberValue);
                break;
            case Value.KindOneofCase.StringValue:
                writer.WriteStringValue(value.StringValue);
                break;
            case Value.KindOneofCase.StructValue:
                Write(writer, value.StructValue);
                break;
            case Value.KindOneofCase.ListValue:
                writer.WriteStartArray();
                foreach (var item in value.ListValue.Values)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
