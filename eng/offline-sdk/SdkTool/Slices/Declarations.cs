using System.Diagnostics;
using System.Text.Json.Nodes;
using AkiDb.SdkTool.Schema;

namespace AkiDb.SdkTool.Slices;

/// <summary>Asks Node what the npm packages' <c>.d.ts</c> files declare.</summary>
public static class Declarations
{
    /// <summary>The command that puts the npm packages where <see cref="Describe"/> looks.</summary>
    public const string InstallCommand = "npm ci --prefix eng --ignore-scripts";

    /// <returns>A package schema of these tokens and of all that they need; numbers are all <c>number</c>.</returns>
    /// <exception cref="SchemaException">The packages are not installed, Node is missing, or a token is unknown.</exception>
    public static JsonObject Describe(Workspace workspace, Provider provider, IEnumerable<string> tokens)
    {
        if (!Directory.Exists(Path.Combine(workspace.NodeModules, "@pulumi", provider.Package)))
            throw new SchemaException($"eng/node_modules/@pulumi/{provider.Package} is missing; run `{InstallCommand}` in the repository's root.");
        var start = new ProcessStartInfo("node", [workspace.Declarations, workspace.NodeModules, provider.Package])
        {
            // The reader imports TypeScript from eng/node_modules, which Node finds from its own folder upwards.
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new SchemaException("node did not start; install Node 20 or later.");
        process.StandardInput.Write(string.Join('\n', tokens));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonNode.Parse(output)!.AsObject()
            : throw new SchemaException(errors.GetAwaiter().GetResult().Trim());
    }
}
