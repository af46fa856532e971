using System.Diagnostics;

namespace AkiDb.Infra.Tests.Cli;

/// <summary>Runs the built command as the launcher does.</summary>
internal static class AkiDbProcess
{
    public sealed record Result(int ExitCode, string Output, string Error);

    public static Task<Result> RunAsync(params string[] arguments) => RunInAsync(RepositoryFolder.Root, arguments);

    /// <summary>The same for another checkout.</summary>
    public static async Task<Result> RunInAsync(string root, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AKIDB_ROOT"] = root },
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AkiDb.Infra.Cli.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await error);
    }
}
