using System.Runtime.InteropServices;

namespace AkiDb.VectorIndex.Memory;

/// <summary>Asks Linux for 2 MiB pages where the administrator left the choice to programs ("madvise" mode).</summary>
internal static unsafe partial class HugePages
{
    // MADV_HUGEPAGE, include/uapi/asm-generic/mman-common.h.
    private const int Advice = 14;

    /// <summary>A hint only: refusal (old kernel, container policy, other systems) changes speed, not results.</summary>
    public static void Advise(void* pointer, nuint length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = MemoryAdvise(pointer, length, Advice);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MemoryAdvise(void* pointer, nuint length, int advice);
}
