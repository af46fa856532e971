using System.Diagnostics;
using System.Security.Cryptography;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Components.Fleet;

/// <summary>runtime/jetson/release.sh, run for real in a folder of its own; only systemctl and curl are stood in for.</summary>
public sealed class ReleaseScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReleaseScriptTests()
    {
        Directory.CreateDirectory(At("systemd"));
        // Up is what the current release says of itself.
        Tool("systemctl", "echo \"$@\" >>\"$CALLS\"");
        Tool("curl", "test -e \"$AKIDB_HOME/current/works\"");
        File.WriteAllText(At("calls"), "");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Release_ThatComesUp_IsCurrentAndEnabled()
    {
        var (exitCode, output) = await InstallAsync("1.0.0", works: true);

        (exitCode, output).Should().Be((0, "release 1.0.0 is up"));
        Current().Should().StartWith("1.0.0-");
        File.Exists(At("systemd/akidb-edge.service")).Should().BeTrue();
        File.ReadAllText(At("calls")).Should().Contain("restart akidb-edge.service akidb-power-manager.service");
        File.ReadAllText(At("home/board.env")).Should().Contain("AKIDB_SITE=office");
    }

    [Fact]
    public async Task Release_ThatDoesNotComeUp_GivesWayToTheOneBefore()
    {
        await InstallAsync("1.0.0", works: true);

        var (exitCode, output) = await InstallAsync("1.1.0", works: false);

        exitCode.Should().Be(1);
        output.Should().Contain("release 1.1.0 does not come up; 1.0.0-").And.Contain("runs again");
        Current().Should().StartWith("1.0.0-");
    }

    [Fact]
    public async Task FirstRelease_ThatDoesNotComeUp_SaysThatThereIsNoWayBack() =>
        (await InstallAsync("1.0.0", works: false)).Should().Be((1, "release 1.0.0 does not come up, and there is none to go back to"));

    [Fact]
    public async Task Archive_ThatIsNotTheReleasedOne_IsNotUnpacked()
    {
        await InstallAsync("1.0.0", works: true);

        var (exitCode, output) = await InstallAsync("1.1.0", works: true, hash: new string('0', 64));

        exitCode.Should().Be(1);
        output.Should().Contain("not the one that was released");
        Current().Should().StartWith("1.0.0-");
        Directory.EnumerateDirectories(At("home/releases")).Should().ContainSingle();
    }

    [Fact]
    public async Task Release_Again_RestartsNothing()
    {
        await InstallAsync("1.0.0", works: true);
        File.WriteAllText(At("calls"), "");

        (await InstallAsync("1.0.0", works: true)).Should().Be((0, "release 1.0.0 runs"));

        File.ReadAllText(At("calls")).Should().NotContain("restart");
    }

    [Fact]
    public async Task Releases_ManyOfThem_LeaveTheLastTwo()
    {
        foreach (var version in new[] { "1.0.0", "1.1.0", "1.2.0" })
            (await InstallAsync(version, works: true)).ExitCode.Should().Be(0);

        Directory.EnumerateDirectories(At("home/releases")).Select(path => Path.GetFileName(path)[..5]).Should().BeEquivalentTo("1.1.0", "1.2.0");
    }

    [Fact]
    public async Task MetricsUrl_SwitchesTheAgentOn()
    {
        await InstallAsync("1.0.0", works: true, metricsUrl: "https://metrics.example.com/write");

        File.ReadAllText(At("calls")).Should().Contain("akidb-metrics.service");
        File.ReadAllText(At("home/board.env")).Should().Contain("AKIDB_METRICS_URL=https://metrics.example.com/write");
    }

    private string At(string path) => Path.Combine(_folder.Root, path);

    private string Current() => Path.GetFileName(new DirectoryInfo(At("home/current")).ResolveLinkTarget(returnFinalTarget: true)!.FullName);

    private void Tool(string name, string script)
    {
        Directory.CreateDirectory(At("bin"));
        File.WriteAllText(At($"bin/{name}"), $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(At($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int ExitCode, string Output)> InstallAsync(string version, bool works, string? hash = null, string metricsUrl = "")
    {
        var archive = await PackAsync(version, works);
        var start = new ProcessStartInfo("sh") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(RepositoryFolder.At("runtime", "jetson", "release.sh"));
        start.Environment["PATH"] = $"{At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in new[]
        {
            ("VERSION", version), ("SHA256", hash ?? Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(archive)))), ("ARCHIVE", archive),
            ("BOARD_SITE", "office"), ("METRICS_URL", metricsUrl), ("AKIDB_HOME", At("home")), ("SYSTEMD", At("systemd")), ("CALLS", At("calls")),
            ("READY_TRIES", "2"), ("READY_PAUSE", "0"),
        })
        {
            start.Environment[name] = value;
        }

        return await RunAsync(start);
    }

    private async Task<string> PackAsync(string version, bool works)
    {
        var content = Directory.CreateDirectory(At($"build-{version}"));
        Directory.CreateDirectory(Path.Combine(content.FullName, "systemd"));
        foreach (var unit in new[] { "akidb-edge", "akidb-power-manager", "akidb-metrics" })
            await File.WriteAllTextAsync(Path.Combine(content.FullName, "systemd", $"{unit}.service"), version);
        if (works)
            await File.WriteAllTextAsync(Path.Combine(content.FullName, "works"), "");
        var archive = At($"{version}.tar.gz");
        if (!File.Exists(archive))
            await RunAsync(new ProcessStartInfo("tar", ["-czf", archive, "-C", content.FullName, "."]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
        return archive;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + await error).Trim());
    }
}
