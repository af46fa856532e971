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
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }
}
