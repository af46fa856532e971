using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AkiDb.TestKit;

namespace AkiDb.Infra.Tests.PolicyHost;

/// <summary>The built host, started as the engine starts it, and all calls of client.mjs to it; run once for all tests.</summary>
public sealed class EngineSession : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private JsonDocument? _answers;

    /// <summary>First line of the host's standard output.</summary>
    public string FirstLine { get; private set; } = "";

    /// <summary>The host's exit code after Cancel.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>What client.mjs printed.</summary>
    public JsonElement Answers => _answers!.RootElement;

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var host = Start("dotnet", Path.Combine(AppContext.BaseDirectory, "AkiDb.Infra.PolicyHost.dll"), "127.0.0.1:1");
        try
        {
            FirstLine = await host.StandardOutput.ReadLineAsync(limit.Token) ?? "";
            using var client = Start("node", RepositoryFolder.At("tests", "AkiDb.Infra.Tests", "PolicyHost", "client.mjs"), RepositoryFolder.At("eng"),
                int.Parse(FirstLine, NumberStyles.None, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
            var output = client.StandardOutput.ReadToEndAsync(limit.Token);
            var error = client.StandardError.ReadToEndAsync(limit.Token);
            await client.WaitForExitAsync(limit.Token);
            client.ExitCode.Should().Be(0, $"the client runs ('./akidb test' installs what it needs): {await error}");
            _answers = JsonDocument.Parse(await output);
            await host.WaitForExitAsync(limit.Token);
            ExitCode = host.ExitCode;
        }
        finally
        {
            if (!host.HasExited)
                host.Kill();
        }
    }

    public Task DisposeAsync()
    {
        _answers?.Dispose();
        return Task.CompletedTask;
    }

    private static Process Start(string command, params string[] arguments) => Process.Start(new ProcessStartInfo(command, arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    })!;
}
