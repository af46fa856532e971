using System.Diagnostics;
using System.Net;

namespace AkiDb.Local.Processes;

/// <summary>One server of the run in a process of its own; it ends with this process, however this process ends.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    // The shell between us and the server holds the other end of our pipe: when we are gone, even by SIGKILL, `cat` reads the end
    // of the pipe and the server is killed. `wait` comes back early when a signal is passed on, hence the loop.
    private const string Guard = """
        exec 3<&0
        log=$1
        exec 2>>"$log"
        shift
        child=
        trap '[ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM
        trap '' INT
        "$@" 3<&- </dev/null >>"$log" 2>&1 &
        child=$!
        { cat <&3 >/dev/null; kill -KILL "$child"; } 2>/dev/null &
        guard=$!
        wait "$child"
        code=$?
        while kill -0 "$child" 2>/dev/null; do
          wait "$child"
          code=$?
        done
        kill "$guard" 2>/dev/null
        exit "$code"
        """;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(2);

    private readonly Process _shell;
    private readonly StreamWriter _pipe;

    private ChildProcess(string name, string logPath, Process shell)
    {
        (Name, LogPath, _shell, _pipe) = (name, logPath, shell, shell.StandardInput);
        Ended = shell.WaitForExitAsync();
    }

    /// <summary>What people call it; its log's name.</summary>
    public string Name { get; }

    /// <summary>File with everything that it prints.</summary>
    public string LogPath { get; }

    /// <summary>Ends when the process does, by itself or not.</summary>
    public Task Ended { get; }

    /// <summary>True once it has ended.</summary>
    public bool HasExited => Ended.IsCompleted;

    /// <summary>Starts a server.</summary>
    /// <param name="name">What people call it, e.g. <c>reader-2</c>.</param>
    /// <param name="logFolder">Folder of the logs; exists.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Variables that it gets beside ours.</param>
    /// <exception cref="LocalException">There is no such program.</exception>
    public static ChildProcess Start(
        string name, string logFolder, IReadOnlyList<string> command, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        if (!Executables.Exists(command[0]))
        {
            throw new LocalException($"'{command[0]}' is missing, which {name} needs. Install it: eng/install-test-servers.sh");
        }

        var logPath = Path.Combine(logFolder, $"{name}.log");
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in new[] { "-c", Guard, "akidb-local-guard", logPath }.Concat(command))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? [])
        {
            start.Environment[key] = value;
        }

        return new ChildProcess(name, logPath, Process.Start(start)!);
    }

    /// <summary>Waits until its health endpoint answers 200.</summary>
    /// <exception cref="LocalException">It ended, or is not ready in time; the message has the end of its log.</exception>
    public async Task WaitUntilReadyAsync(HttpClient http, Uri health, TimeSpan patience, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (!HasExited)
        {
            if (await AnswersAsync(http, health, cancellation))
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                throw new LocalException($"{Name} was not ready at {health} within {patience.TotalSeconds:0} s. {LastLines()}");
            }

            await Task.Delay(LookEvery, cancellation);
        }

        throw Failure();
    }

    /// <summary>What to say of it when it ended and should not have.</summary>
    public LocalException Failure() => new($"{Name} ended with code {_shell.ExitCode}. {LastLines()}");

    /// <summary>Waits until it has ended by itself and well.</summary>
    /// <exception cref="LocalException">It failed; the message has the end of its log.</exception>
    public async Task WaitUntilDoneAsync(CancellationToken cancellation)
    {
        await Ended.WaitAsync(cancellation);
        if (_shell.ExitCode != 0)
        {
            throw Failure();
        }
    }

    /// <summary>Asks it to end (SIGTERM), waits, and kills it after <paramref name="patience"/>.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        Signals.Terminate(_shell);
        await Task.WhenAny(Ended, Task.Delay(patience));
        Kill();
        await Ended;
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    // The pipe's end is what kills the server; the shell then ends by itself.
    public void Kill() => _pipe.Close();

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Ended;
        _shell.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri health, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ProbePatience);
        try
        {
            using var response = await http.GetAsync(health, limit.Token);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private string LastLines()
    {
        var lines = File.Exists(LogPath) ? File.ReadLines(LogPath).TakeLast(5) : [];
        return $"The end of {LogPath}:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
    }
}
