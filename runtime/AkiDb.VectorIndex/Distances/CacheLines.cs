using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AkiDb.VectorIndex.Distances;

/// <summary>Software prefetch. .NET has the instruction on x86 only; elsewhere these calls compile to nothing.</summary>
internal static unsafe class CacheLines
{
    private const nint Size = 64;

    /// <summary>Starts loading <paramref name="length"/> bytes, a multiple of 64, at an aligned address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* address, nint length)
    {
        if (Sse.IsSupported)
        {
            for (nint i = 0; i < length; i += Size)
            {
                Sse.Prefetch0((byte*)address + i);
            }
        }
    }
}
