using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AkiDb.TestKit;

namespace AkiDb.Integration.Tests.SearchEngine;

/// <summary>The search engine's executable in a process of its own.</summary>
internal sealed class SearchProcess : ServerProcess
{
    private bool _isDisposed;

    private SearchProcess(IEnumerable<string> arguments, int port)
        : base("dotnet", [Path.Combine(AppContext.BaseDirectory, "AkiDb.SearchEngine.dll"), .. arguments], port, "the .NET SDK")
    {
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }

    /// <summary>Starts <c>search serve</c> with these arguments and waits until it is ready.</summary>
    public static Task<SearchProcess> StartAsync(params string[] arguments) => UpAsync(Start(arguments), process =>
        EngineUnderTest.EventuallyAsync(async () => (await process.Http.GetAsync("/healthz/ready")).IsSuccessStatusCode, $"the process is ready: {process.LastError}"));

    /// <summary>Starts it without waiting.</summary>
    public static SearchProcess Start(params string[] arguments)
    {
        var port = FreePort.Next();
        return new SearchProcess([.. arguments, "--urls", $"http://127.0.0.1:{port}"], port);
    }

    /// <summary>Runs another command of it.</summary>
    public static SearchProcess Run(params string[] arguments) => new(arguments, 0);

    public async Task<JsonNode> MustPostAsync(string path, JsonNode body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonNode.Parse(text)!;
    }

    // Tests end a process early, to delete its folder, and once more by their 'using'.
    public override async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Http.Dispose();
            await base.DisposeAsync();
        }
    }
}
