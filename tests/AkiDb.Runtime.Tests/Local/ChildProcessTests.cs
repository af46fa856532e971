using AkiDb.Local;
using AkiDb.Local.Processes;

namespace AkiDb.Runtime.Tests.Local;

/// <summary>Servers in processes of their own.</summary>
public sealed class ChildProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("akidb-children-").FullName;

    [Fact]
    public async Task Stop_OfAServerThatHeeds_LetsItFinishAndKeepsWhatItPrinted()
    {
        await using var child = Start("trap 'echo finished; exit 0' TERM; echo begun; while :; do sleep 0.05; done");
        await UntilLogAsync(child, "begun");

        await child.StopAsync(Patience);

        child.HasExited.Should().BeTrue();
        (await File.ReadAllTextAsync(child.LogPath)).Should().Contain("finished");
    }

    [Fact]
    public async Task Stop_OfAServerThatDoesNot_KillsIt()
    {
        await using var child = Start("trap '' TERM; echo $$; while :; do sleep 0.05; done");
        var pid = await UntilLogAsync(child, "\n");

        await child.StopAsync(TimeSpan.FromMilliseconds(200));

        child.HasExited.Should().BeTrue();
        await UntilGoneAsync(pid.Trim());
    }

    [Fact]
    public async Task Kill_AfterItsEnd_IsNoError()
    {
        await using var child = Start("exit 0");
        await child.WaitUntilDoneAsync(CancellationToken.None);

        child.Kill();
    }

    [Fact]
    public async Task WaitUntilDone_OfAFailure_ThrowsWithTheEndOfTheLog()
    {
        await using var child = Start("echo no room left >&2; exit 3");

        var wait = () => child.WaitUntilDoneAsync(CancellationToken.None);

        (await wait.Should().ThrowAsync<LocalException>()).WithMessage("child ended with code 3.*no room left*");
    }

    [Fact]
    public void Start_OfAProgramThatIsNotThere_SaysWhatToInstall()
    {
        var start = () => ChildProcess.Start("child", _folder, ["akidb-no-such-server"]);

        start.Should().Throw<LocalException>().WithMessage("'akidb-no-such-server' is missing*Install it*");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ChildProcess Start(string script) => ChildProcess.Start("child", _folder, ["/bin/sh", "-c", script]);

    private static async Task<string> UntilLogAsync(ChildProcess child, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var log = File.Exists(child.LogPath) ? await File.ReadAllTextAsync(child.LogPath, patience.Token) : "";
            if (log.Contains(text, StringComparison.Ordinal))
            {
                return log;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task UntilGoneAsync(string pid)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (Directory.Exists($"/proc/{pid}"))
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
