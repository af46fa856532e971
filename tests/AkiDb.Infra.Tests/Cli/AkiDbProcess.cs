using System.Diagnostics;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Cli;

/// <summary>Runs the built command as the launcher does.</summary>
internal static class AkiDbProcess
{
    public sealed record Result(int ExitCode, string Output, string Error);

    public static Task<Result> RunAsync(params string[] arguments) => RunInAsync(RepositoryFolder.Root, arguments);

    /// <summary>Runs it with further variables in its environment.</summary>
    public static Task<Result> RunAsync((string Name, string Value)[] environment, params string[] arguments) =>
        FinishAsync(Start(RepositoryFolder.Root, environment, arguments));

    /// <summary>Runs it on another checkout.</summary>
    public static Task<Result> RunInAsync(string root, params string[] arguments) => FinishAsync(Start(root, arguments));

    /// <summary>Starts it on another checkout.</summary>
    public static Process Start(string root, params string[] arguments) => Start(root, [], arguments);

    private static async Task<Result> FinishAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await error);
    }

    private static Process Start(string root, (string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AKIDB_ROOT"] = root },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AkiDb.Infra.Cli.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        return Process.Start(start)!;
    }
}
