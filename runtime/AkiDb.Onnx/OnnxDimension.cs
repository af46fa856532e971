namespace AkiDb.Onnx;

/// <summary>One dimension of an input or output: a fixed length, or a name for a length that each run chooses.</summary>
/// <param name="Length">The fixed length; null if it varies.</param>
/// <param name="Name">Name of the varying length, e.g. <c>batch</c>; equal names mean equal lengths. Null if it is fixed.</param>
public readonly record struct OnnxDimension(long? Length, string? Name)
{
    /// <summary>A fixed length.</summary>
    public static implicit operator OnnxDimension(long length) => new(length, null);

    /// <summary>A length that varies from run to run.</summary>
    public static implicit operator OnnxDimension(string name) => new(null, name);

    /// <summary>The same as the implicit conversion, for languages without it.</summary>
    public static OnnxDimension FromInt64(long length) => length;

    /// <summary>The same as the implicit conversion, for languages without it.</summary>
    public static OnnxDimension FromString(string name) => name;
}
