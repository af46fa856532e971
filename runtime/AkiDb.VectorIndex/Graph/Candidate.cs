using System.Runtime.CompilerServices;

namespace AkiDb.VectorIndex.Graph;

/// <summary>
/// A candidate packed into 64 bits: order of its distance (high 32), mark "its links were followed" (1), slot (31).
/// Comparing the numbers compares the distances.
/// </summary>
internal static unsafe class Candidate
{
    /// <summary>Set when the candidate's links were followed.</summary>
    public const ulong Expanded = 1UL << 31;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack(uint order, int slot) => ((ulong)order << 32) | (uint)slot;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Slot(ulong candidate) => (int)candidate & int.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Order(ulong candidate) => (uint)(candidate >> 32);

    /// <summary>
    /// Inserts into a list of <paramref name="size"/> sorted candidates, shifting the rest (the element behind the last
    /// is overwritten); returns where.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Insert(ulong* pool, int size, ulong candidate)
    {
        var low = 0;
        var length = size;
        while (length > 0)
        {
            var half = length >> 1;
            // Compiles to conditional moves: the outcome of each comparison is a coin toss.
            low = pool[low + half] < candidate ? low + length - half : low;
            length = half;
        }

        Buffer.MemoryCopy(pool + low, pool + low + 1, (size - low) * sizeof(ulong), (size - low) * sizeof(ulong));
        pool[low] = candidate;
        return low;
    }
}
