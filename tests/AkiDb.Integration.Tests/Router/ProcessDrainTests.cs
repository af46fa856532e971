using System.Net;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.Router;

/// <summary>The router's process, told to end while it works.</summary>
public sealed class ProcessDrainTests
{
    private const int Terminate = 15;

    [Fact]
    public async Task Sigterm_WithARequestUnderWay_EndsAfterItsAnswer()
    {
        var isThere = new TaskCompletionSource();
        await using var backend = await FaultyBackend.StartAsync(async context =>
        {
            isThere.TrySetResult();
            // Longer than the two seconds after which a command-line program may be cut off.
            await Task.Delay(TimeSpan.FromSeconds(4));
            context.Response.StatusCode = (int)HttpStatusCode.Accepted;
        });
        using var folder = new TemporaryFolder();
        var config = RouterUnderTest.Config(RouterUnderTest.Backend("a", 1, 10, backend.Url));
        config["timeouts"]!["responseMs"] = 20_000;
        config["timeouts"]!["attemptMs"] = 20_000;
        config["timeouts"]!["shutdownMs"] = 20_000;
        var path = folder.At("router.json");
        await File.WriteAllTextAsync(path, config.ToJsonString());
        var port = FreePort.Next();
        await using var router = await ServerProcess.UpAsync(new ServerProcess(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "AkiDb.Router.dll"), "serve", "--config", path, "--urls", $"http://127.0.0.1:{port}"], port, "the .NET SDK"));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        var answer = http.GetAsync(new Uri($"http://127.0.0.1:{port}/slow"));
        // Should the request fail instead, this says why.
        await await Task.WhenAny(isThere.Task, answer);
        router.Signal(Terminate);

        (await answer).StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await router.WaitForExitAsync(TimeSpan.FromSeconds(30))).Should().Be(0);
    }
}
