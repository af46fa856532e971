using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AkiDb.Local;
using AkiDb.Local.Processes;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Local;

/// <summary><c>./akidb local</c> in a process of its own, as a user starts it.</summary>
internal sealed class LocalUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly StringBuilder _answer = new();
    private readonly TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalUnderTest(Process process, Uri url)
    {
        (_process, Url) = (process, url);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        process.OutputDataReceived += (_, line) => Keep(_answer, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_said, line.Data);
        process.Exited += (_, _) => _live.TrySetException(new InvalidOperationException($"akidb local ended before it was live: {Said}"));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>What it told people so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>What it printed as its result, once it has ended.</summary>
    public string Answer
    {
        get
        {
            lock (_said)
            {
                return _answer.ToString();
            }
        }
    }

    /// <summary>Starts a run and waits until it is live.</summary>
    public static async Task<LocalUnderTest> StartAsync(IEnumerable<string> arguments, params (string Key, string Value)[] environment)
    {
        var port = LoopbackPort.Free();
        var start = new ProcessStartInfo(RepositoryFolder.At("akidb"), ["local", "--port", port.ToString(CultureInfo.InvariantCulture), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var run = new LocalUnderTest(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await run._live.Task.WaitAsync(StartPatience);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the page is told.</summary>
    public async Task<JsonNode> StateAsync() => (await Http.GetFromJsonAsync<JsonNode>(new Uri("state", UriKind.Relative)))!;

    /// <summary>Breaks something, as the page's button does.</summary>
    public async Task BreakAsync(string fault)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"faults/{fault}", UriKind.Relative)) { Headers = { { LocalPage.FaultHeader, "1" } } };
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForEndAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as SIGKILL does: it can clean nothing up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end. Ctrl-C's SIGINT is treated alike, but ignored by what a shell has started in the background, tests too.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>Command lines of the processes of any run of this checkout that still live.</summary>
    public static IReadOnlyList<string> Leftovers()
    {
        var mark = $"{RunFolder.RunVariable}={RepositoryFolder.At(".artifacts", "local", "run")}\0";
        return [.. Directory.EnumerateDirectories("/proc").Where(process => Read(process, "environ").Contains(mark, StringComparison.Ordinal))
            .Select(process => Read(process, "cmdline").Replace('\0', ' '))];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Http.Dispose();
        _process.Dispose();
    }

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No process, somebody else's, or one that ended meanwhile.
            return "";
        }
    }

    private void Keep(StringBuilder text, string? line)
    {
        lock (_said)
        {
            text.AppendLine(line);
        }

        if (line?.Contains("live after", StringComparison.Ordinal) == true)
        {
            _live.TrySetResult();
        }
    }
}
