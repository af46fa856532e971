using System.Collections.Concurrent;
using System.Diagnostics;
using AkiDb.Infra.Plan;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Predictor;

/// <summary>The executable, started with the arguments that the infrastructure declares, and what it writes.</summary>
internal sealed class DeclaredProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DeclaredProcess(Process process, int port)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        process.OutputDataReceived += (_, line) => Lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => Lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Starts it.</summary>
    /// <param name="plan">Plan with its one Deployment.</param>
    /// <param name="instead">Values that must differ here, by option: addresses inside a cluster.</param>
    /// <param name="more">Arguments that a cluster does not need.</param>
    public static DeclaredProcess Start(StackPlan plan, IReadOnlyDictionary<string, string> instead, params string[] more)
    {
        var arguments = plan.Only("kubernetes:apps/v1:Deployment").Texts("spec.template.spec.containers[0].args").ToList();
        foreach (var (option, value) in instead)
        {
            arguments[arguments.IndexOf(option) + 1] = value;
        }

        var port = FreePort.Next();
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "AkiDb.Predictor.dll"), .. arguments, .. more, "--urls", $"http://127.0.0.1:{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // What Pod Identity sets in a pod; the bucket's server is one that does not answer.
        start.Environment["AWS_REGION"] = "eu-central-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_ENDPOINT_URL_S3"] = $"http://127.0.0.1:{FreePort.Next()}";
        return new DeclaredProcess(Process.Start(start)!, port);
    }

    /// <summary>Waits until something holds.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var i = 0; i < 600 && !_process.HasExited; i++)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"It did not happen that {what}. The process {(_process.HasExited ? $"ended with {_process.ExitCode}" : "runs")} and wrote:\n{string.Join('\n', Lines)}");
    }

    public async Task<bool> IsReadyAsync()
    {
        using var answer = await Http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Asks it to end, as Kubernetes does, and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-15", $"{_process.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
