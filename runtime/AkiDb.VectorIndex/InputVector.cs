using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AkiDb.VectorIndex;

/// <summary>Checks a caller's vector and writes it the way the index stores it: padded, and normalised for cosine.</summary>
internal static unsafe class InputVector
{
    /// <summary>Writes <paramref name="vector"/> to <paramref name="target"/>, whose padding is already zero.</summary>
    /// <exception cref="ArgumentException">Wrong dimension, NaN, infinity, overflow, or the zero vector under cosine.</exception>
    public static void Prepare(ReadOnlySpan<float> vector, IndexOptions options, float* target, string name)
    {
        var scale = Check(vector, options, name);
        for (var i = 0; i < vector.Length; i++)
        {
            target[i] = vector[i] * scale;
        }
    }

    /// <summary>What the vector has to be multiplied with to be stored.</summary>
    /// <inheritdoc cref="Prepare"/>
    public static float Check(ReadOnlySpan<float> vector, IndexOptions options, string name)
    {
        if (vector.Length != options.Dimension)
        {
            throw new ArgumentException(
                $"A vector of {vector.Length} components was given to an index of dimension {options.Dimension}.", name);
        }

        var squares = SumOfSquares(vector);
        // One test for all components: NaN and infinities survive squaring and summing, and so does overflow.
        if (!float.IsFinite(squares))
        {
            throw NotFinite(vector, name);
        }

        if (options.Metric != DistanceMetric.Cosine)
        {
            return 1;
        }

        return squares >= MinimumSquaredNorm
            ? 1 / MathF.Sqrt(squares)
            : throw new ArgumentException(
                $"A vector of length {MathF.Sqrt(squares):g3} was given to a cosine index: it has no direction. "
                + $"Wanted a length of at least {MathF.Sqrt(MinimumSquaredNorm):g3}.", name);
    }

    /// <summary>Squared length below which float32 has too few bits left for a direction.</summary>
    private const float MinimumSquaredNorm = 1e-30f;

    private static float SumOfSquares(ReadOnlySpan<float> vector)
    {
        var blocks = MemoryMarshal.Cast<float, Vector128<float>>(vector);
        var sum = Vector128<float>.Zero;
        foreach (var block in blocks)
        {
            sum += block * block;
        }

        var total = Vector128.Sum(sum);
        foreach (var rest in vector[(blocks.Length * 4)..])
        {
            total += rest * rest;
        }

        return total;
    }

    private static ArgumentException NotFinite(ReadOnlySpan<float> vector, string name)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            if (!float.IsFinite(vector[i]))
            {
                return new ArgumentException($"Component {i} of the vector is {vector[i]}; wanted a finite number.", name);
            }
        }

        return new ArgumentException("The vector's squared length overflows float32; wanted components below about 1e18.", name);
    }
}
