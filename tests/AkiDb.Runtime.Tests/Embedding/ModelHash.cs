using System.Diagnostics;

namespace AkiDb.Runtime.Tests.Embedding;

/// <summary>A model's SHA-256 as the documentation says to compute it.</summary>
internal static class ModelHash
{
    public static async Task<string> OfAsync(string folder)
    {
        string files = string.Join(' ', Directory.GetFiles(folder).Select(Path.GetFileName).Where(name => name != "LICENSE").Order(StringComparer.Ordinal));
        var start = new ProcessStartInfo("sh", ["-c", $"sha256sum {files} | sha256sum"]) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        return (await process.StandardOutput.ReadToEndAsync())[..64];
    }
}
