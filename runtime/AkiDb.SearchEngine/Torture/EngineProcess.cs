using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AkiDb.SearchEngine.Torture;

/// <summary>This program again, as a server in a process of its own that can be killed.</summary>
internal sealed class EngineProcess : IDisposable
{
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private EngineProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a server without keys and waits until it is ready.</summary>
    /// <param name="arguments">What follows <c>serve --no-auth --urls …</c>.</param>
    /// <param name="http">Client to ask it with.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="environment">Variables beside this process's own.</param>
    /// <exception cref="InvalidOperationException">It did not become ready; with what it said.</exception>
    public static async Task<EngineProcess> StartAsync(
        IEnumerable<string> arguments, HttpClient http, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [typeof(EngineProcess).Assembly.Location, "serve", "--no-auth", "--urls", url.ToString(), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var engine = new EngineProcess(Process.Start(start)!, url);
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeToStart && !engine._process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url, "/healthz/ready"), cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    return engine;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(20, cancellation);
        }

        engine.Kill();
        throw new InvalidOperationException($"The server did not become ready: {await engine._process.StandardError.ReadToEndAsync(cancellation)}");
    }

    /// <summary>Ends it as a loss of power of this process alone would: SIGKILL.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
