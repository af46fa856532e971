using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AkiDb.Infra.Cli.Environments.Revisions;

/// <summary>Runs a program and waits for it; on cancellation it ends with everything that it started.</summary>
internal static class ChildProcess
{
    /// <summary>What a program answered.</summary>
    /// <param name="ExitCode">Its exit code.</param>
    /// <param name="Output">What it wrote to standard output.</param>
    /// <param name="Error">What it wrote to standard error.</param>
    internal sealed record Answer(int ExitCode, byte[] Output, string Error);

    // Git sets these where it runs a hook; they would point the child at another repository than its folder's.
    private static readonly string[] GitVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

    /// <summary>Runs it in <paramref name="folder"/>; each line of standard error goes to <paramref name="onError"/> at once.</summary>
    /// <exception cref="BadInputException">There is no such program on this machine.</exception>
    public static async Task<Answer> RunAsync(string program, IEnumerable<string> arguments, string folder, Action<string>? onError, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var variable in GitVariables.Append("AKIDB_ROOT"))
            start.Environment.Remove(variable);

        using var process = Start(start);
        try
        {
            var error = ReadLinesAsync(process.StandardError, onError, cancel);
            using var output = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancel);
            var text = await error;
            await process.WaitForExitAsync(cancel);
            return new Answer(process.ExitCode, output.ToArray(), text);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new BadInputException($"This needs '{start.FileName}', which is not on this machine's PATH.");
        }
    }

    private static async Task<string> ReadLinesAsync(StreamReader reader, Action<string>? onLine, CancellationToken cancel)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            text.Append(line).Append('\n');
            onLine?.Invoke(line);
        }

        return text.ToString();
    }
}
