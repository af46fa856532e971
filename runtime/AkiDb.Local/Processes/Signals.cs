using System.Diagnostics;
using System.Globalization;

namespace AkiDb.Local.Processes;

/// <summary>Signals to processes that this one started.</summary>
internal static class Signals
{
    /// <summary>Asks a process to end (SIGTERM). A process that is gone already is no error.</summary>
    public static void Terminate(Process process)
    {
        if (!process.HasExited)
        {
            // The shell's own `kill`: slim images lack the program.
            using var kill = Process.Start("/bin/sh", ["-c", "kill -TERM \"$1\" 2>/dev/null || true", "sh", process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }
}
