using System.Runtime.CompilerServices;

namespace AkiDb.VectorIndex.Distances;

/// <summary>Turns a dot product of codes into a number that sorts like a distance.</summary>
internal static class CodeOrder
{
    // |⟨a, b⟩| ≤ 65,536 · 127² < 2³¹, so this offset keeps every distance in range of uint.
    private const uint Offset = 1u << 31;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint FromDot(int dot) => Offset - (uint)dot;
}
