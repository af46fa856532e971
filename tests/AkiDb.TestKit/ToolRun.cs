using System.ComponentModel;
using System.Diagnostics;

namespace AkiDb.TestKit;

/// <summary>One run of a real tool, e.g. promtool or amtool: how it ended and what it said.</summary>
/// <param name="ExitCode">0 for good.</param>
/// <param name="Output">Standard output, then standard error.</param>
public sealed record ToolRun(int ExitCode, string Output)
{
    /// <summary>Runs a tool and waits for it.</summary>
    /// <exception cref="InvalidOperationException">The tool is not installed.</exception>
    public static async Task<ToolRun> OfAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{command}' is missing; this test needs the real tool. Install it: eng/install-test-servers.sh", e);
        }

        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new ToolRun(process.ExitCode, output + await error);
        }
    }
}
