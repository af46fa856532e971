using System.Runtime.Intrinsics.X86;

namespace AkiDb.VectorIndex.Distances;

/// <summary>What the processor has.</summary>
public static class SimdWidths
{
    /// <summary>The width that <see cref="SimdWidth.Widest"/> stands for here.</summary>
    public static SimdWidth Detected { get; } =
        Avx512BW.IsSupported ? SimdWidth.Vector512 : Avx2.IsSupported ? SimdWidth.Vector256 : SimdWidth.Vector128;

    /// <summary>Whether kernels of this width can run here.</summary>
    public static bool IsSupported(this SimdWidth width) => width == SimdWidth.Widest || width <= Detected;

    /// <summary>Replaces <see cref="SimdWidth.Widest"/> by what it stands for.</summary>
    internal static SimdWidth Resolve(this SimdWidth width) => width == SimdWidth.Widest ? Detected : width;
}
