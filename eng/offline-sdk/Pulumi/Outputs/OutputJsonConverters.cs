using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Writes outputs, inputs, input lists and input maps as the values they hold.</summary>
internal sealed class OutputJsonConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert)
        => typeToConvert.IsGenericType && ConverterFor(typeToConvert.GetGenericTypeDefinition()) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var converter = ConverterFor(typeToConvert.GetGenericTypeDefinition())!;
        return (JsonConverter)Activator.CreateInstance(converter.MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private static Type? ConverterFor(Type definition)
        => definition == typeof(Output<>) ? typeof(OutputJsonConverter<>)
            : definition == typeof(Input<>) ? typeof(InputJsonConverter<>)
            : definition == typeof(InputList<>) ? typeof(InputListJsonConverter<>)
            : definition == typeof(InputMap<>) ? typeof(InputMapJsonConverter<>)
            : null;
}

internal sealed class OutputJsonConverter<T> : JsonConverter<Output<T>>
{
    public override Output<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonSerializer.Deserialize<T>(ref reader, options)!;
        var pass = JsonOutputPass.Current;
        return new(Task.FromResult(new OutputData<T>(pass.ReadResources, value, IsKnown: true, pass.ReadSecret)));
    }

    public override void Write(Utf8JsonWriter writer, Output<T> value, JsonSerializerOptions options)
    {
        var pass = JsonOutputPass.Current;
        var task = value.DataTask;
        if (!task.IsCompletedSuccessfully)
        {
            pass.Pending.Add(task);
            writer.WriteNullValue();
            return;
        }

        var data = task.Result;
        pass.Resources.UnionWith(data.Resources);
        if (!data.IsKnown)
        {
            pass.SawUnknown = true;
            writer.WriteNullValue();
            return;
        }

        pass.SawSecret |= data.IsSecret;
        JsonSerializer.Serialize(writer, data.Value, options);
    }
}

internal sealed class InputJsonConverter<T> : JsonConverter<Input<T>>
{
    private readonly OutputJsonConverter<T> _output = new();

    public override Input<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => _output.Read(ref reader, typeof(Output<T>), options);

    public override void Write(Utf8JsonWriter writer, Input<T> value, JsonSerializerOptions options)
        => _output.Write(writer, value, options);
}

internal sealed class InputListJsonConverter<T> : JsonConverter<InputList<T>>
{
    private readonly OutputJsonConverter<ImmutableArray<T>> _output = new();

    public override InputList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => _output.Read(ref reader, typeof(Output<ImmutableArray<T>>), options);

    public override void Write(Utf8JsonWriter writer, InputList<T> value, JsonSerializerOptions options)
        => _output.Write(writer, value, options);
}

internal sealed class InputMapJsonConverter<T> : JsonConverter<InputMap<T>>
{
    private readonly OutputJsonConverter<ImmutableDictionary<string, T>> _output = new();

    public override InputMap<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => _output.Read(ref reader, typeof(Output<ImmutableDictionary<string, T>>), options);

    public override void Write(Utf8JsonWriter writer, InputMap<T> value, JsonSerializerOptions options)
        => _output.Write(writer, value, options);
}
