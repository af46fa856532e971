using System.Runtime.CompilerServices;

namespace AkiDb.VectorIndex.Distances;

/// <summary>Maps floats to unsigned integers of the same order, and back.</summary>
internal static class FloatOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint From(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        // Negative numbers: flip all bits; others: set the sign bit.
        return bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);
    }

    public static float ToFloat(uint order) =>
        BitConverter.UInt32BitsToSingle(order ^ ((uint)~((int)order >> 31) | 0x8000_0000));
}
