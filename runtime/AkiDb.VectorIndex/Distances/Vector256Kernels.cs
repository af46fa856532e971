using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AkiDb.VectorIndex.Distances;

/// <summary>Σ(aᵢ − bᵢ)² in 256-bit registers.</summary>
internal readonly unsafe struct SquaredL2Vector256 : IFloatKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Distance(float* a, float* b, nint paddedLength)
    {
        var sum0 = Vector256<float>.Zero;
        var sum1 = Vector256<float>.Zero;
        for (nint i = 0; i < paddedLength; i += 16)
        {
            var d0 = Vector256.LoadAligned(a + i) - Vector256.LoadAligned(b + i);
            var d1 = Vector256.LoadAligned(a + i + 8) - Vector256.LoadAligned(b + i + 8);
            sum0 = Vector256.FusedMultiplyAdd(d0, d0, sum0);
            sum1 = Vector256.FusedMultiplyAdd(d1, d1, sum1);
        }

        return Vector256.Sum(sum0 + sum1);
    }
}

/// <summary>−⟨a, b⟩ in 256-bit registers.</summary>
internal readonly unsafe struct NegativeDotVector256 : IFloatKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Distance(float* a, float* b, nint paddedLength)
    {
        var sum0 = Vector256<float>.Zero;
        var sum1 = Vector256<float>.Zero;
        for (nint i = 0; i < paddedLength; i += 16)
        {
            sum0 = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(a + i), Vector256.LoadAligned(b + i), sum0);
            sum1 = Vector256.FusedMultiplyAdd(Vector256.LoadAligned(a + i + 8), Vector256.LoadAligned(b + i + 8), sum1);
        }

        return -Vector256.Sum(sum0 + sum1);
    }
}

/// <summary>Σ(aᵢ − bᵢ)² of codes in 0 to 127, in 256-bit registers.</summary>
internal readonly unsafe struct CodeSquaredL2Vector256 : ICodeKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Distance(byte* a, byte* b, nint paddedLength)
    {
        var sum = Vector256<int>.Zero;
        for (nint i = 0; i < paddedLength; i += 32)
        {
            var d = Vector256.Abs(Vector256.LoadAligned((sbyte*)a + i) - Vector256.LoadAligned((sbyte*)b + i));
            var squares = Avx2.MultiplyAddAdjacent(d.AsByte(), d);
            sum += Avx2.MultiplyAddAdjacent(squares, Vector256<short>.One);
        }

        return (uint)Vector256.Sum(sum);
    }
}

/// <summary>2³¹ − ⟨a, b⟩ of signed codes in −127 to 127, in 256-bit registers.</summary>
internal readonly unsafe struct CodeNegativeDotVector256 : ICodeKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Distance(byte* a, byte* b, nint paddedLength)
    {
        var sum = Vector256<int>.Zero;
        for (nint i = 0; i < paddedLength; i += 16)
        {
            sum += Avx2.MultiplyAddAdjacent(
                Avx2.ConvertToVector256Int16(Vector128.LoadAligned((sbyte*)a + i)),
                Avx2.ConvertToVector256Int16(Vector128.LoadAligned((sbyte*)b + i)));
        }

        return CodeOrder.FromDot(Vector256.Sum(sum));
    }
}
