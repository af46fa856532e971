using System.Runtime.InteropServices;

namespace AkiDb.Onnx;

/// <summary>A constant tensor: weights, or a value that an operator takes as an attribute.</summary>
public sealed class OnnxTensor
{
    private OnnxTensor(OnnxElementType type, long[] shape, byte[] data, int elementSize)
    {
        long count = 1;
        foreach (long length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count = checked(count * length);
        }

        if (count * elementSize != data.Length)
        {
            throw new ArgumentException(
                $"A tensor of shape [{string.Join(", ", shape)}] has {count} elements, not {data.Length / elementSize}.", nameof(data));
        }

        Type = type;
        Shape = shape;
        Data = data;
    }

    public OnnxElementType Type { get; }

    /// <summary>Length of each dimension; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements in row-major order, little-endian.</summary>
    internal ReadOnlyMemory<byte> Data { get; }

    /// <exception cref="ArgumentException">The number of elements is not the product of <paramref name="shape"/>.</exception>
    public static OnnxTensor Float(ReadOnlySpan<float> elements, params long[] shape) =>
        new(OnnxElementType.Float, shape, LittleEndian(elements), sizeof(float));

    /// <exception cref="ArgumentException">The number of elements is not the product of <paramref name="shape"/>.</exception>
    public static OnnxTensor Int64(ReadOnlySpan<long> elements, params long[] shape) =>
        new(OnnxElementType.Int64, shape, LittleEndian(elements), sizeof(long));

    /// <exception cref="ArgumentException">The number of elements is not the product of <paramref name="shape"/>.</exception>
    public static OnnxTensor Int32(ReadOnlySpan<int> elements, params long[] shape) =>
        new(OnnxElementType.Int32, shape, LittleEndian(elements), sizeof(int));

    /// <exception cref="ArgumentException">The number of elements is not the product of <paramref name="shape"/>.</exception>
    public static OnnxTensor Int8(ReadOnlySpan<sbyte> elements, params long[] shape) =>
        new(OnnxElementType.Int8, shape, LittleEndian(elements), sizeof(sbyte));

    /// <exception cref="ArgumentException">The number of elements is not the product of <paramref name="shape"/>.</exception>
    public static OnnxTensor UInt8(ReadOnlySpan<byte> elements, params long[] shape) =>
        new(OnnxElementType.UInt8, shape, elements.ToArray(), sizeof(byte));

    /// <summary>A float tensor without dimensions.</summary>
    public static OnnxTensor Scalar(float value) => Float([value]);

    /// <summary>An int64 tensor without dimensions.</summary>
    public static OnnxTensor Scalar(long value) => Int64([value]);

    /// <summary>A list of int64, as shapes and axes are given to operators.</summary>
    public static OnnxTensor Vector(params long[] values) => Int64(values, values.Length);

    private static byte[] LittleEndian<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        // Every platform .NET 10 runs our services on is little-endian; a check is cheaper than a second code path nobody tests.
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("ONNX tensors are little-endian, this machine is not.");
        }

        return MemoryMarshal.AsBytes(elements).ToArray();
    }
}
