using System.Diagnostics;
using System.Reflection;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Images;

/// <summary>The search engine as its image would hold it: published once, from what is built.</summary>
public sealed class PublishedSearchEngine : IAsyncLifetime
{
    /// <summary>The publish folder, which everyone may read and nobody write.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("akidb-image-").FullName;

    public string Assembly => Path.Combine(Folder, "AkiDb.SearchEngine.dll");

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "publish", RepositoryFolder.At("runtime/AkiDb.SearchEngine"), "--configuration", Metadata("Configuration"),
            "--no-build", "--output", Folder, "--nologo", "-nodeReuse:false",
        ])
        { RedirectStandardOutput = true, UseShellExecute = false };
        using Process publish = Process.Start(start)!;
        string output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        publish.ExitCode.Should().Be(0, "publishing ended with: {0}", output);

        await ChangeModeAsync("a=rX");
    }

    public async Task DisposeAsync()
    {
        await ChangeModeAsync("u+w");
        Directory.Delete(Folder, recursive: true);
    }

    private async Task ChangeModeAsync(string mode)
    {
        using Process change = Process.Start("chmod", ["--recursive", mode, Folder]);
        await change.WaitForExitAsync();
    }

    internal static string Metadata(string key) => typeof(PublishedSearchEngine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
