using System.Runtime.InteropServices;

namespace AkiDb.Benchmarks.Index;

/// <summary>CPU time of this process to the nanosecond; <see cref="System.Diagnostics.Process"/> counts in 10 ms ticks.</summary>
internal static partial class ProcessClock
{
    // CLOCK_PROCESS_CPUTIME_ID, include/uapi/linux/time.h.
    private const int ProcessCpuTime = 2;

    /// <summary>CPU seconds of all threads so far.</summary>
    public static double CpuSeconds()
    {
        if (GetTime(ProcessCpuTime, out var time) != 0)
        {
            throw new PlatformNotSupportedException($"clock_gettime failed with error {Marshal.GetLastPInvokeError()}.");
        }

        return time.Seconds + (time.Nanoseconds * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
