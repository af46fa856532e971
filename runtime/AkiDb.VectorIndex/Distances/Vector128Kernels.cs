using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AkiDb.VectorIndex.Distances;

// Only operations that every processor has: this is what runs on NEON, and it runs on x86 too, so that it can be tested.

/// <summary>Σ(aᵢ − bᵢ)² in 128-bit registers.</summary>
internal readonly unsafe struct SquaredL2Vector128 : IFloatKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Distance(float* a, float* b, nint paddedLength)
    {
        var sum0 = Vector128<float>.Zero;
        var sum1 = Vector128<float>.Zero;
        for (nint i = 0; i < paddedLength; i += 8)
        {
            var d0 = Vector128.LoadAligned(a + i) - Vector128.LoadAligned(b + i);
            var d1 = Vector128.LoadAligned(a + i + 4) - Vector128.LoadAligned(b + i + 4);
            sum0 = Vector128.MultiplyAddEstimate(d0, d0, sum0);
            sum1 = Vector128.MultiplyAddEstimate(d1, d1, sum1);
        }

        return Vector128.Sum(sum0 + sum1);
    }
}

/// <summary>−⟨a, b⟩ in 128-bit registers.</summary>
internal readonly unsafe struct NegativeDotVector128 : IFloatKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Distance(float* a, float* b, nint paddedLength)
    {
        var sum0 = Vector128<float>.Zero;
        var sum1 = Vector128<float>.Zero;
        for (nint i = 0; i < paddedLength; i += 8)
        {
            sum0 = Vector128.MultiplyAddEstimate(Vector128.LoadAligned(a + i), Vector128.LoadAligned(b + i), sum0);
            sum1 = Vector128.MultiplyAddEstimate(Vector128.LoadAligned(a + i + 4), Vector128.LoadAligned(b + i + 4), sum1);
        }

        return -Vector128.Sum(sum0 + sum1);
    }
}

/// <summary>Σ(aᵢ − bᵢ)² of codes in 0 to 127, in 128-bit registers.</summary>
internal readonly unsafe struct CodeSquaredL2Vector128 : ICodeKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Distance(byte* a, byte* b, nint paddedLength)
    {
        var sum = Vector128<uint>.Zero;
        for (nint i = 0; i < paddedLength; i += 16)
        {
            var x = Vector128.LoadAligned(a + i);
            var y = Vector128.LoadAligned(b + i);
            var d = Vector128.Max(x, y) - Vector128.Min(x, y);
            var (low, high) = Vector128.Widen(d);
            // Two squares of seven-bit differences (≤ 2·127²) fit an unsigned short.
            var (sumLow, sumHigh) = Vector128.Widen((low * low) + (high * high));
            sum += sumLow + sumHigh;
        }

        return Vector128.Sum(sum);
    }
}

/// <summary>2³¹ − ⟨a, b⟩ of signed codes in −127 to 127, in 128-bit registers.</summary>
internal readonly unsafe struct CodeNegativeDotVector128 : ICodeKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Distance(byte* a, byte* b, nint paddedLength)
    {
        var sum = Vector128<int>.Zero;
        for (nint i = 0; i < paddedLength; i += 16)
        {
            var (xLow, xHigh) = Vector128.Widen(Vector128.LoadAligned((sbyte*)a + i));
            var (yLow, yHigh) = Vector128.Widen(Vector128.LoadAligned((sbyte*)b + i));
            // Two products of at most 127² each fit a short.
            var (sumLow, sumHigh) = Vector128.Widen((xLow * yLow) + (xHigh * yHigh));
            sum += sumLow + sumHigh;
        }

        return CodeOrder.FromDot(Vector128.Sum(sum));
    }
}
