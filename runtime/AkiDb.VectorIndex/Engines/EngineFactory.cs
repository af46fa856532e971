using AkiDb.VectorIndex.Distances;
using AkiDb.VectorIndex.Memory;

namespace AkiDb.VectorIndex.Engines;

/// <summary>Picks the compiled engine for the options: width, then metric, then precision.</summary>
internal static class EngineFactory
{
    /// <summary>The engine for validated <paramref name="options"/>.</summary>
    public static IndexEngine Create(IndexOptions options, VectorShape shape) => options.Simd.Resolve() switch
    {
        SimdWidth.Vector512 => ForMetric<
            SquaredL2Vector512, NegativeDotVector512, CodeSquaredL2Vector512, CodeNegativeDotVector512>(options, shape),
        SimdWidth.Vector256 => ForMetric<
            SquaredL2Vector256, NegativeDotVector256, CodeSquaredL2Vector256, CodeNegativeDotVector256>(options, shape),
        _ => ForMetric<
            SquaredL2Vector128, NegativeDotVector128, CodeSquaredL2Vector128, CodeNegativeDotVector128>(options, shape),
    };

    private static IndexEngine ForMetric<TL2, TDot, TCodeL2, TCodeDot>(IndexOptions options, VectorShape shape)
        where TL2 : struct, IFloatKernel
        where TDot : struct, IFloatKernel
        where TCodeL2 : struct, ICodeKernel
        where TCodeDot : struct, ICodeKernel => options.Metric switch
        {
            DistanceMetric.L2 => ForPrecision<TL2, TCodeL2>(options, shape),
            // Vectors are normalised: −⟨a, b⟩ ranks floats, and on codes |a − b|² ranks alike while the rounding errors
            // of the common part cancel.
            DistanceMetric.Cosine => ForPrecision<TDot, TCodeL2>(options, shape),
            _ => ForPrecision<TDot, TCodeDot>(options, shape),
        };

    private static IndexEngine ForPrecision<TKernel, TCode>(IndexOptions options, VectorShape shape)
        where TKernel : struct, IFloatKernel
        where TCode : struct, ICodeKernel => options.Structure switch
        {
            IndexStructure.Flat => new FlatEngine<TKernel>(),
            _ when options.Quantization == VectorQuantization.Scalar8 =>
                new HnswEngine<CodeDistance<TCode>, TKernel>(options, shape),
            _ => new HnswEngine<FloatDistance<TKernel>, TKernel>(options, shape),
        };
}
