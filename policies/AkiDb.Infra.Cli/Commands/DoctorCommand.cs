using System.CommandLine;
using System.Diagnostics;
using AkiDb.Infra.Cli.Environments;

namespace AkiDb.Infra.Cli.Commands;

/// <summary><c>akidb doctor</c>: what this machine can do.</summary>
internal static class DoctorCommand
{
    // Command, its version flag, and what it is needed for. Nothing here is needed for a preview.
    private static readonly (string Command, string Flag, string Purpose)[] Tools =
    [
        ("dotnet", "--version", "everything"),
        ("git", "--version", "diff against a revision"),
        ("node", "--version", "tests of the provider slices, edge functions"),
        ("npm", "--version", "the same"),
        ("pulumi", "version", "deploying"),
        ("aws", "--version", "deploying by hand"),
    ];

    public static Command Create()
    {
        var command = new Command("doctor", "Say which SDK mode this machine is in and which tools it has");
        command.SetAction(async (_, cancel) =>
        {
            var repository = Repository.Find();
            Console.WriteLine($"SDK mode      {SdkMode.Name} ({SdkMode.Version})");
            Console.WriteLine(SdkMode.Name == "published"
                ? "              preview and `pulumi up` use the published Pulumi packages"
                : "              preview works; `pulumi up` needs the published packages: run ./akidb setup with access to nuget.org");
            Console.WriteLine($"checkout      {repository.Root}");
            Console.WriteLine($"environments  {string.Join(", ", repository.Environments)}");
            foreach (var (tool, flag, purpose) in Tools)
                Console.WriteLine($"{tool,-13} {await VersionOf(tool, flag, cancel) ?? $"not found (for {purpose})"}");
            return ExitCode.Clean;
        });
        return command;
    }

    private static async Task<string?> VersionOf(string tool, string flag, CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, flag) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
                return null;
            var text = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return text.Split('\n')[0].Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not on the path: that is the answer, not a failure.
            return null;
        }
    }
}
