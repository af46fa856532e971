namespace AkiDb.Onnx;

/// <summary>A named setting of a node, e.g. <c>hidden_size</c> of an LSTM.</summary>
public sealed class OnnxAttribute
{
    private OnnxAttribute(string name, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Value = value;
    }

    public string Name { get; }

    /// <summary>A long, float, string or <see cref="OnnxTensor"/>, or an array of long, float or string.</summary>
    internal object Value { get; }

    public static OnnxAttribute Int(string name, long value) => new(name, value);

    public static OnnxAttribute Float(string name, float value) => new(name, value);

    public static OnnxAttribute String(string name, string value) => new(name, value);

    public static OnnxAttribute Tensor(string name, OnnxTensor value) => new(name, value);

    public static OnnxAttribute Ints(string name, params long[] values) => new(name, values);

    public static OnnxAttribute Floats(string name, params float[] values) => new(name, values);

    public static OnnxAttribute Strings(string name, params string[] values) => new(name, values);
}
