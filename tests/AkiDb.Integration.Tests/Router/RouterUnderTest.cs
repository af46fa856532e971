using System.Text.Json;
using System.Text.Json.Nodes;
using AkiDb.Kubernetes;
using AkiDb.Router.Hosting;
using AkiDb.TestKit;
using Microsoft.AspNetCore.Builder;

namespace AkiDb.Integration.Tests.Router;

/// <summary>A router in this process, on a port of its own, with a configuration file that the test can change.</summary>
internal sealed class RouterUnderTest : IAsyncDisposable
{
    private readonly string _path;
    private readonly WebApplication _app;

    private RouterUnderTest(string path, WebApplication app, string url)
    {
        (_path, _app) = (path, app);
        Url = url;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
        {
            BaseAddress = new Uri(url),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public string Url { get; }

    public HttpClient Http { get; }

    public static async Task<RouterUnderTest> StartAsync(JsonObject config, KubernetesApi? kubernetes = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"router-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(path, config.ToJsonString());
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        var app = RouterHost.Build(path, config.ContainsKey("listen") ? null : url, TimeProvider.System, kubernetes);
        await app.StartAsync();
        return new RouterUnderTest(path, app, url);
    }

    /// <summary>Settings for tests: short times, no log, one route that may be repeated and one that may not.</summary>
    public static JsonObject Config(params JsonObject[] backends) => new()
    {
        ["cluster"] = "test",
        ["region"] = "local",
        ["defaultLatencyBudgetMs"] = 10_000,
        ["backends"] = new JsonArray([.. backends]),
        ["routes"] = new JsonArray(new JsonObject { ["name"] = "embed", ["path"] = "/api/v1/embed", ["repeatable"] = true }),
        ["health"] = new JsonObject { ["ejectionMs"] = 1_000, ["slowStartMs"] = 200, ["probeIntervalMs"] = 200, ["probeTimeoutMs"] = 200 },
        ["timeouts"] = new JsonObject { ["attemptMs"] = 1_500, ["responseMs"] = 3_000, ["connectMs"] = 300, ["drainMs"] = 0, ["shutdownMs"] = 2_000 },
        ["accessLog"] = new JsonObject { ["path"] = "none" },
    };

    public static JsonObject Backend(string name, double cost, double p95Ms, params string[] addresses) => new()
    {
        ["name"] = name,
        ["kind"] = "on-demand",
        ["region"] = "local",
        ["costPerMillionUsd"] = cost,
        ["expectedComputeP95Ms"] = p95Ms,
        ["addresses"] = new JsonArray([.. addresses.Select(address => JsonValue.Create(address))]),
    };

    /// <summary>Writes the file anew, the way a ConfigMap changes: beside it, then renamed over it.</summary>
    public async Task ChangeConfigAsync(string text)
    {
        await File.WriteAllTextAsync(_path + ".new", text);
        File.Move(_path + ".new", _path, overwrite: true);
    }

    public async Task<JsonNode> StateAsync() => JsonNode.Parse(await Http.GetStringAsync("/_router/state"))!;

    public async Task<JsonNode> BackendStateAsync(string name) =>
        (await StateAsync())["backends"]!.AsArray().Single(backend => backend!["name"]!.GetValue<string>() == name)!;

    public static async Task EventuallyAsync(Func<Task<bool>> isTrue, string what)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await isTrue())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"Within ten seconds it did not happen that {what}.");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        File.Delete(_path);
    }

    public static string Json(JsonObject config) => config.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
