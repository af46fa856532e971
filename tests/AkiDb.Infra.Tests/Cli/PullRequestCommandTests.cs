using System.Diagnostics;
using AkiDb.Infra.Plan;
using AkiDb.TestKit.Plans;

namespace AkiDb.Infra.Tests.Cli;

public sealed class PullRequestCommandTests : IDisposable
{
    private readonly PlanFiles _files = new();

    private static StackPlan Base => new PlanBuilder("prod")
        .Has("aws:kms/key:Key", "vault", "enableKeyRotation: false")
        .Has("aws:kms/key:Key", "stays", "enableKeyRotation: false")
        .Has("aws:cloudwatch/logGroup:LogGroup", "old", "{retentionInDays: 30, kmsKeyId: k}")
        .Build();

    private static StackPlan Changed => new PlanBuilder("prod")
        .Has("aws:kms/key:Key", "vault", "enableKeyRotation: true")
        .Has("aws:kms/key:Key", "stays", "enableKeyRotation: false")
        .Has("aws:lambda/functionUrl:FunctionUrl", "door", "authorizationType: 'NONE | <b>'")
        .Build();

    [Fact]
    public async Task Comment_OfTwoPlans_IsAsAccepted()
    {
        var result = await AkiDbProcess.RunInAsync(_files.At(""), "pr", "--base-plan", _files.Write("base.json", Base), "--plan", _files.Write("plan.json", Changed));

        result.ExitCode.Should().Be(1, "the open door is new and mandatory");
        Golden.Check(result.Output, "Cli", "Goldens", "pr-comment.md");
    }

    [Fact]
    public async Task Comment_SamePlanTwice_SaysThatNothingChanges()
    {
        var result = await AkiDbProcess.RunInAsync(_files.At(""), "pr", "--base-plan", _files.Write("base.json", Base), "--plan", _files.Write("plan.json", Base));

        result.ExitCode.Should().Be(0, "old violations do not stop a pull request");
        result.Output.Should().StartWith("<!-- akidb-pr -->\n## Nothing changes").And.Contain("0 new, 0 fixed, 2 remaining");
    }

    [Fact]
    public async Task Comment_EnvironmentThatTheBaseLacks_IsAllNew()
    {
        var other = new PlanBuilder("dev").Build();

        var result = await AkiDbProcess.RunInAsync(_files.At(""), "pr", "--base-plan", _files.Write("base.json", other), "--plan", _files.Write("plan.json", Base));

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("2 new, 0 fixed, 0 remaining").And.Contain("4 added, 0 removed, 0 changed");
    }

    [Fact]
    public async Task Comment_KeyMoreThanTheBase_SaysWhatItAddsToTheBill()
    {
        var one = new PlanBuilder("prod").Has("aws:kms/key:Key", "one", "{enableKeyRotation: true, region: us-east-1}");
        var before = _files.Write("base.json", one.Build());
        var after = _files.Write("plan.json", one.Has("aws:kms/key:Key", "two", "{enableKeyRotation: true, region: us-east-1}").Build());

        var result = await AkiDbProcess.RunAsync("pr", "--base-plan", before, "--plan", after);

        // A customer-managed key costs a dollar a month, and cents for its use (KMS price list).
        result.Output.Should().MatchRegex(@"Cost a month: \*\*\$[0-9,]+\.[0-9]{2}\*\*, up \$1\.[0-9]{2} from \$");
    }

    [Theory]
    [InlineData("Compare with what?", "pr", "dev")]
    [InlineData("There is no revision 'no-such-branch'", "pr", "dev", "--base", "no-such-branch")]
    [InlineData("There is no revision '--output=x'", "pr", "dev", "--base=--output=x")]
    [InlineData("--output /nowhere/comment.md: Could not find", "pr", "dev", "--base", "HEAD", "--output", "/nowhere/comment.md")]
    [InlineData("--sarif /proc/nowhere: Could not find", "pr", "dev", "--base", "HEAD", "--sarif", "/proc/nowhere")]
    [InlineData("There is no plan file", "pr", "dev", "--base-plan", "/nowhere.json")]
    public async Task Pr_BadInput_SaysWhatWouldBeRight(string expected, params string[] arguments)
    {
        var result = await AkiDbProcess.RunAsync(arguments);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain(expected).And.NotContain("   at ");
    }

    [Fact]
    public async Task Pr_BaseRevision_IsBuiltByItsOwnLauncherAndCleanedUp()
    {
        // A small repository whose launcher prints a plan: what is tested is the checkout, not the build.
        var repository = Directory.CreateDirectory(_files.At("repository")).FullName;
        await File.WriteAllTextAsync(Path.Combine(repository, "Pulumi.prod.yaml"), "config: {}\n");
        var launcher = Path.Combine(repository, "akidb");
        await File.WriteAllTextAsync(launcher, "#!/bin/sh\n[ \"$*\" = 'preview prod --json' ] && [ -z \"${AKIDB_ROOT:-}\" ] && cat \"$(dirname \"$0\")/plan.json\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Copy(_files.Write("base.json", Base), Path.Combine(repository, "plan.json"));
        await GitAsync(repository, "init", "--quiet");
        await GitAsync(repository, "add", "-A");
        await GitAsync(repository, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "base");

        var result = await AkiDbProcess.RunInAsync(repository, "pr", "--base", "HEAD", "--plan", _files.Write("plan.json", Changed));

        result.ExitCode.Should().Be(1, result.Error);
        result.Output.Should().Contain("1 new, 1 fixed, 1 remaining");
        (await GitAsync(repository, "worktree", "list")).Trim().Split('\n').Should().ContainSingle();
    }

    public void Dispose() => _files.Dispose();

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0);
        return output;
    }
}
