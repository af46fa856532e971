using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;

namespace AkiDb.TestKit;

/// <summary>A real server in a process of its own, ended with the test that started it.</summary>
public class ServerProcess : IAsyncDisposable
{
    // A server that complains for hours must not fill the memory of its test.
    private const int MaximumErrorLines = 200;

    private readonly ConcurrentQueue<string> _errors = [];
    private readonly Process _process;

    /// <summary>Starts a server and waits until its port answers.</summary>
    /// <param name="command">Program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="port">Port of the loopback interface that it will listen on.</param>
    /// <param name="install">Command that installs the program, for the error message.</param>
    /// <exception cref="InvalidOperationException">The program is missing or did not come up.</exception>
    public ServerProcess(string command, IEnumerable<string> arguments, int port, string install)
    {
        Port = port;
        var start = new ProcessStartInfo(command) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{command}' is missing; this test needs the real server. Install it: {install}", e);
        }

        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>Last line that the server wrote to standard error.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>The last lines that it wrote there, in order; complete once it has ended.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>Waits until the port accepts connections.</summary>
    public async Task WaitUntilUpAsync()
    {
        for (var i = 0; i < 1_200; i++)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync("127.0.0.1", Port);
                // A connection to a port that nobody listens on may be given that very port on its own side, and then connects to itself.
                if (!socket.Client.LocalEndPoint!.Equals(socket.Client.RemoteEndPoint))
                {
                    return;
                }

                await Task.Delay(50);
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} did not open port {Port} within a minute: {LastError}");
    }

    /// <summary>Waits until a server is up, and ends one that is not: whoever starts it has nothing yet that could be disposed of.</summary>
    /// <param name="server">The server, started.</param>
    /// <param name="ready">What more to wait for. Default: nothing.</param>
    public static async Task<TServer> UpAsync<TServer>(TServer server, Func<TServer, Task>? ready = null)
        where TServer : ServerProcess
    {
        try
        {
            await server.WaitUntilUpAsync();
            if (ready is not null)
            {
                await ready(server);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal by number: 19 stops the process where it stands, 18 lets it go on, 15 asks it to end.</summary>
    public void Signal(int number) => Process.Start("kill", [$"-{number}", $"{Id}"]).WaitForExit();

    /// <summary>Waits until it ended by itself; returns its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        LastError = line;
        _errors.Enqueue(line);
        if (_errors.Count > MaximumErrorLines)
        {
            _errors.TryDequeue(out _);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
