using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.Runtime.Tests.VectorIndex;

public sealed unsafe class DistanceKernelTests : IDisposable
{
    private const int Longest = 2048;
    private readonly NativeBuffer _a = NativeBuffer.Allocate(Longest * sizeof(float));
    private readonly NativeBuffer _b = NativeBuffer.Allocate(Longest * sizeof(float));

    public static TheoryData<SimdWidth> Widths =>
        [.. new[] { SimdWidth.Vector128, SimdWidth.Vector256, SimdWidth.Vector512 }.Where(width => width.IsSupported())];

    private float* A => (float*)_a.Pointer;

    private float* B => (float*)_b.Pointer;

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void FloatKernels_GeneratedVectors_AgreeWithDoublePrecision(SimdWidth width)
    {
        var random = new Random(1);
        for (var length = 16; length <= Longest; length += 16)
        {
            double l2 = 0, dot = 0, size = 0;
            for (var i = 0; i < length; i++)
            {
                A[i] = (float)((random.NextDouble() - 0.5) * 4);
                B[i] = (float)((random.NextDouble() - 0.5) * 4);
                l2 += (A[i] - (double)B[i]) * (A[i] - (double)B[i]);
                dot += A[i] * (double)B[i];
                size += Math.Abs(A[i] * (double)B[i]);
            }

            ((double)L2(width, A, B, length)).Should().BeApproximately(l2, 1e-5 * l2, "length {0}", length);
            ((double)NegativeDot(width, A, B, length)).Should().BeApproximately(-dot, 1e-5 * size, "length {0}", length);
            L2(width, A, B, length).Should().Be(L2(width, B, A, length), "a distance is symmetric");
            L2(width, A, A, length).Should().Be(0, "a vector is at distance 0 from itself");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void CodeKernels_GeneratedCodes_AreExact(SimdWidth width)
    {
        var random = new Random(2);
        var a = _a.Pointer;
        var b = _b.Pointer;
        for (var length = 64; length <= Longest; length += 64)
        {
            long l2 = 0;
            for (var i = 0; i < length; i++)
            {
                a[i] = (byte)random.Next(128);
                b[i] = (byte)random.Next(128);
                l2 += (a[i] - b[i]) * (a[i] - b[i]);
            }

            CodeL2(width, a, b, length).Should().Be((uint)l2, "length {0}", length);
            long dot = 0;
            for (var i = 0; i < length; i++)
            {
                a[i] = (byte)(sbyte)random.Next(-127, 128);
                b[i] = (byte)(sbyte)random.Next(-127, 128);
                dot += (sbyte)a[i] * (sbyte)b[i];
            }

            CodeDot(width, a, b, length).Should().Be((uint)((1L << 31) - dot), "length {0}", length);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void CodeKernels_ExtremeCodes_DoNotOverflow(SimdWidth width)
    {
        const int Length = 65_536;
        using var left = NativeBuffer.Allocate(Length);
        using var right = NativeBuffer.Allocate(Length);
        new Span<byte>(left.Pointer, Length).Fill(127);
        CodeL2(width, left.Pointer, right.Pointer, Length).Should().Be(127u * 127 * Length);
        new Span<sbyte>(right.Pointer, Length).Fill(-127);
        CodeDot(width, left.Pointer, right.Pointer, Length).Should().Be((1u << 31) + (127u * 127 * Length));
        new Span<sbyte>(right.Pointer, Length).Fill(127);
        CodeDot(width, left.Pointer, right.Pointer, Length).Should().Be((1u << 31) - (127u * 127 * Length));
    }

    [Fact]
    public void FloatOrder_AnyTwoFloats_KeepsOrderAndComesBack()
    {
        var random = new Random(3);
        float[] values =
        [
            float.NegativeInfinity, float.MinValue, -1, -float.Epsilon, 0, float.Epsilon, 1, float.MaxValue, float.PositiveInfinity,
            .. Enumerable.Range(0, 2000).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30)))),
        ];
        Array.Sort(values);
        for (var i = 1; i < values.Length; i++)
        {
            (FloatOrder.From(values[i - 1]) < FloatOrder.From(values[i])).Should().Be(values[i - 1] < values[i]);
            FloatOrder.ToFloat(FloatOrder.From(values[i])).Should().Be(values[i]);
        }
    }

    private static float L2(SimdWidth width, float* a, float* b, int length) => width switch
    {
        SimdWidth.Vector512 => SquaredL2Vector512.Distance(a, b, length),
        SimdWidth.Vector256 => SquaredL2Vector256.Distance(a, b, length),
        _ => SquaredL2Vector128.Distance(a, b, length),
    };

    private static float NegativeDot(SimdWidth width, float* a, float* b, int length) => width switch
    {
        SimdWidth.Vector512 => NegativeDotVector512.Distance(a, b, length),
        SimdWidth.Vector256 => NegativeDotVector256.Distance(a, b, length),
        _ => NegativeDotVector128.Distance(a, b, length),
    };

    private static uint CodeL2(SimdWidth width, byte* a, byte* b, int length) => width switch
    {
        SimdWidth.Vector512 => CodeSquaredL2Vector512.Distance(a, b, length),
        SimdWidth.Vector256 => CodeSquaredL2Vector256.Distance(a, b, length),
        _ => CodeSquaredL2Vector128.Distance(a, b, length),
    };

    private static uint CodeDot(SimdWidth width, byte* a, byte* b, int length) => width switch
    {
        SimdWidth.Vector512 => CodeNegativeDotVector512.Distance(a, b, length),
        SimdWidth.Vector256 => CodeNegativeDotVector256.Distance(a, b, length),
        _ => CodeNegativeDotVector128.Distance(a, b, length),
    };
}
