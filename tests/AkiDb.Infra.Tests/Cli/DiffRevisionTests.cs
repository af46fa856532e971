using System.Diagnostics;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.Cli;

/// <summary>Against a small repository whose <c>akidb</c> prints a plan that is committed with it: what the command does with a
/// revision, without building one.</summary>
public sealed class DiffRevisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Diff_Revision_ShowsWhatTheWorkingTreeChangedAndCleansUp()
    {
        var plan = await PlanAsync();
        Commit(plan.Replace("\"retentionInDays\": 7", "\"retentionInDays\": 30", StringComparison.Ordinal), "cat plan.json");

        var result = await AkiDbProcess.RunInAsync(_folder.Root, "diff", "HEAD");

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().StartWith("dev at HEAD → dev: 2 resources changed\n").And.Contain("~ retentionInDays  30 → 7");
        result.Error.Should().Be("HEAD: evaluating dev …\n");
        Git("worktree", "list").TrimEnd().Split('\n').Should().ContainSingle();
        Git("status", "--porcelain", "--ignored").Should().NotContain("??");
    }

    [Fact]
    public async Task Diff_RevisionASecondTime_TakesTheKeptPlan()
    {
        Commit(await PlanAsync(), "cat plan.json");
        var first = await AkiDbProcess.RunInAsync(_folder.Root, "diff", "dev", "--base", "HEAD");

        var second = await AkiDbProcess.RunInAsync(_folder.Root, "diff", "dev", "--base", "HEAD", "--exit-code");

        second.Should().Be(new AkiDbProcess.Result(0, "dev at HEAD → dev: no difference\n", ""));
        first.Output.Should().Be(second.Output);
    }

    [Fact]
    public async Task Diff_EnvironmentThatTheRevisionLacks_IsAllNew()
    {
        Commit(await PlanAsync(), "cat plan.json");
        File.Copy(_folder.At("Pulumi.dev.yaml"), _folder.At("Pulumi.test.yaml"));

        var result = await AkiDbProcess.RunInAsync(_folder.Root, "diff");

        result.Output.Should().Contain("dev at HEAD → dev: no difference").And.MatchRegex("test at HEAD → test: [0-9]+ resources added");
    }

    [Fact]
    public async Task Diff_RevisionWithoutTheCommand_IsRefusedClearly()
    {
        Commit(await PlanAsync(), launcher: null);

        var result = await AkiDbProcess.RunInAsync(_folder.Root, "diff", "dev", "--base", "HEAD");

        result.ExitCode.Should().Be(2);
        result.Error.Should().MatchRegex(@"Revision 'HEAD' \([0-9a-f]{10}\) has no \./akidb");
        Git("worktree", "list").TrimEnd().Split('\n').Should().ContainSingle();
    }

    [Fact]
    public async Task Diff_RevisionThatFails_PassesOnWhatItSaidWithoutItsFolder()
    {
        Commit(await PlanAsync(), "echo \"$PWD is broken\" >&2; exit 2");

        var result = await AkiDbProcess.RunInAsync(_folder.Root, "diff", "dev", "--base", "HEAD");

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("'./akidb preview dev --json' ended with exit code 2").And.Contain("<HEAD> is broken").And.NotContain("akidb-revision-");
        Git("worktree", "list").TrimEnd().Split('\n').Should().ContainSingle();
    }

    [Fact]
    public async Task Diff_RevisionThatPrintsNoPlan_IsRefusedClearly()
    {
        Commit(await PlanAsync(), "echo hello");

        var result = await AkiDbProcess.RunInAsync(_folder.Root, "diff", "dev", "--base", "HEAD");

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("gave no plan that this version reads").And.Contain("dev at HEAD is not a plan");
    }

    [Fact]
    public async Task Diff_Ended_TakesTheCheckoutAndWhatItRunsWithIt()
    {
        Commit(await PlanAsync(), "echo running >&2; exec sleep 300");
        using var command = AkiDbProcess.Start(_folder.Root, "diff", "dev");
        while (await command.StandardError.ReadLineAsync() is { } line && !line.Contains("running", StringComparison.Ordinal))
        {
            // Until the revision's own command runs.
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{command.Id}"]))
            await kill.WaitForExitAsync();
        await command.WaitForExitAsync();

        command.ExitCode.Should().NotBe(0);
        Git("worktree", "list").TrimEnd().Split('\n').Should().ContainSingle();
    }

    private static async Task<string> PlanAsync() => (await AkiDbProcess.RunAsync("preview", "dev", "--json")).Output;

    private void Commit(string plan, string? launcher)
    {
        File.Copy(RepositoryFolder.At("Pulumi.dev.yaml"), _folder.At("Pulumi.dev.yaml"));
        _folder.Write("Pulumi.yaml", "name: akidb\n");
        _folder.Write(".gitignore", ".artifacts/\n");
        _folder.Write("plan.json", plan);
        if (launcher is not null)
            _folder.Write("akidb", $"#!/bin/sh\n{launcher}\n");
        Git("init", "--quiet");
        Git("add", ".");
        Git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "test");
    }

    private string Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.Root, UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, $"git {arguments[0]} should work");
        return output;
    }
}
