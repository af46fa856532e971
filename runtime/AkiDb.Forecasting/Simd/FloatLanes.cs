using System.Runtime.Intrinsics;

namespace AkiDb.Forecasting.Simd;

/// <summary>How many floats the kernels of training work on at once.</summary>
public enum FloatLanes
{
    /// <summary>As many as the processor has.</summary>
    Widest = 0,

    /// <summary>128-bit registers: NEON, and processors without AVX2.</summary>
    Four = 4,

    /// <summary>256-bit registers: AVX2.</summary>
    Eight = 8,

    /// <summary>512-bit registers: AVX-512.</summary>
    Sixteen = 16,
}

/// <summary>What the processor has.</summary>
public static class FloatLanesDetection
{
    /// <summary>What <see cref="FloatLanes.Widest"/> stands for here.</summary>
    public static FloatLanes Detected { get; } =
        Vector512.IsHardwareAccelerated ? FloatLanes.Sixteen : Vector256.IsHardwareAccelerated ? FloatLanes.Eight : FloatLanes.Four;

    /// <summary>Replaces <see cref="FloatLanes.Widest"/> by what it stands for.</summary>
    internal static FloatLanes Resolve(this FloatLanes lanes) => lanes == FloatLanes.Widest ? Detected : lanes;
}
