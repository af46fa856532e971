using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AkiDb.VectorIndex.Distances;

/// <summary>Σ(aᵢ − bᵢ)² in 512-bit registers.</summary>
internal readonly unsafe struct SquaredL2Vector512 : IFloatKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Distance(float* a, float* b, nint paddedLength)
    {
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        nint i = 0;
        // Two chains hide the latency of the fused multiply-add; loads are the limit beyond that.
        for (; i <= paddedLength - 32; i += 32)
        {
            var d0 = Vector512.LoadAligned(a + i) - Vector512.LoadAligned(b + i);
            var d1 = Vector512.LoadAligned(a + i + 16) - Vector512.LoadAligned(b + i + 16);
            sum0 = Vector512.FusedMultiplyAdd(d0, d0, sum0);
            sum1 = Vector512.FusedMultiplyAdd(d1, d1, sum1);
        }

        if (i < paddedLength)
        {
            var d = Vector512.LoadAligned(a + i) - Vector512.LoadAligned(b + i);
            sum0 = Vector512.FusedMultiplyAdd(d, d, sum0);
        }

        return Vector512.Sum(sum0 + sum1);
    }
}

/// <summary>−⟨a, b⟩ in 512-bit registers.</summary>
internal readonly unsafe struct NegativeDotVector512 : IFloatKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Distance(float* a, float* b, nint paddedLength)
    {
        var sum0 = Vector512<float>.Zero;
        var sum1 = Vector512<float>.Zero;
        nint i = 0;
        for (; i <= paddedLength - 32; i += 32)
        {
            sum0 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(a + i), Vector512.LoadAligned(b + i), sum0);
            sum1 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(a + i + 16), Vector512.LoadAligned(b + i + 16), sum1);
        }

        if (i < paddedLength)
        {
            sum0 = Vector512.FusedMultiplyAdd(Vector512.LoadAligned(a + i), Vector512.LoadAligned(b + i), sum0);
        }

        return -Vector512.Sum(sum0 + sum1);
    }
}

/// <summary>Σ(aᵢ − bᵢ)² of codes in 0 to 127, in 512-bit registers.</summary>
internal readonly unsafe struct CodeSquaredL2Vector512 : ICodeKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Distance(byte* a, byte* b, nint paddedLength)
    {
        var sum = Vector512<int>.Zero;
        for (nint i = 0; i < paddedLength; i += 64)
        {
            // Codes of seven bits: the difference fits a signed byte, and two squares (≤ 2·127²) fit a short.
            var d = Vector512.Abs(Vector512.LoadAligned((sbyte*)a + i) - Vector512.LoadAligned((sbyte*)b + i));
            var squares = Avx512BW.MultiplyAddAdjacent(d.AsByte(), d);
            sum += Avx512BW.MultiplyAddAdjacent(squares, Vector512<short>.One);
        }

        return (uint)Vector512.Sum(sum);
    }
}

/// <summary>2³¹ − ⟨a, b⟩ of signed codes in −127 to 127, in 512-bit registers.</summary>
internal readonly unsafe struct CodeNegativeDotVector512 : ICodeKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Distance(byte* a, byte* b, nint paddedLength)
    {
        var sum0 = Vector512<int>.Zero;
        var sum1 = Vector512<int>.Zero;
        for (nint i = 0; i < paddedLength; i += 64)
        {
            sum0 += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadAligned((sbyte*)a + i)),
                Avx512BW.ConvertToVector512Int16(Vector256.LoadAligned((sbyte*)b + i)));
            sum1 += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadAligned((sbyte*)a + i + 32)),
                Avx512BW.ConvertToVector512Int16(Vector256.LoadAligned((sbyte*)b + i + 32)));
        }

        return CodeOrder.FromDot(Vector512.Sum(sum0 + sum1));
    }
}
